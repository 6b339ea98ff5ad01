// Files of evidence: says at once when a file is too large or of the wrong kind, and, where the field names
// [data-unggah-url], sends it right away. Without script the files travel with the form.
import {catat} from "./tunda-kirim.js";

const MAKS = 10 * 1024 * 1024;
const JENIS = /\.(pdf|xlsx|docx|jpe?g|png)$/i;

const ukuran = (bita) => (bita < 1024 * 1000 ? `${Math.ceil(bita / 1024)} kB` : `${(bita / 1048576).toLocaleString("id-ID", {maximumFractionDigits: 1})} MB`);

function keberatan(berkas, maks) {
  if (!berkas.size) return `Berkas “${berkas.name}” kosong. Pilih kembali berkasnya.`;
  if (berkas.size > maks) return `Berkas “${berkas.name}” berukuran ${ukuran(berkas.size)}. Ukuran paling besar ${ukuran(maks)}.`;
  if (!JENIS.test(berkas.name)) return `Berkas “${berkas.name}” tidak dapat diterima. Unggah PDF, XLSX, DOCX, JPG, atau PNG.`;
  return "";
}

function kata(el, teks, galat = false) {
  const status = document.getElementById(el.getAttribute("aria-describedby"));
  if (!status) return;
  status.textContent = teks;
  status.className = galat ? "galat" : "meta";
}

async function minta(url, el, isi = {}) {
  const data = new FormData();
  for (const b of isi.berkas ?? []) data.append("bukti", b);
  if (isi.tautan) data.set("tautan", isi.tautan);
  if (el.dataset.untuk) data.set("untuk", el.dataset.untuk);
  data.set("csrfmiddlewaretoken", el.form.elements.csrfmiddlewaretoken.value);
  const jawab = await fetch(url, {method: "POST", body: data, headers: {Accept: "application/json"}});
  if (!jawab.headers.get("Content-Type")?.includes("json")) throw new Error("bukan JSON");
  return {ok: jawab.ok, isi: await jawab.json()};
}

const wadah = (el) => el.closest("[data-bukti]") ?? el.closest("td");

/** Totals above the grid follow what was attached or removed. */
function umumkan(el, isi) {
  tulisDaftar(el, isi.bukti);
  if (isi.ringkasan) el.dispatchEvent(new CustomEvent("ringkasan", {bubbles: true, detail: isi.ringkasan}));
}

/** Same markup as partials/bukti.html, from the template at the foot of the grid. */
function tulisDaftar(el, daftar) {
  const tempat = wadah(el)?.querySelector("[data-daftar-bukti]");
  const contoh = document.getElementById("contoh-bukti");
  if (!tempat || !contoh) return;
  tempat.replaceChildren(
    ...daftar.map(({nama, url, hapus_url: hapus, host}) => {
      const butir = contoh.content.cloneNode(true);
      butir.querySelector("a").href = url;
      butir.querySelector("a span").textContent = nama;
      if (host) tandaiTautan(butir.querySelector("a"));
      const tombol = butir.querySelector("button");
      tombol.dataset.hapusBukti = hapus;
      tombol.querySelector(".hanya-baca").textContent = ` ${nama}`;
      tombol.hidden = false;
      return butir;
    }),
  );
}

/** A link leaves the product: another picture, another tab, and words that say so. */
function tandaiTautan(a) {
  const ikon = document.getElementById("contoh-ikon-tautan")?.content.querySelector("svg");
  if (ikon) a.querySelector("svg")?.replaceWith(ikon.cloneNode(true));
  a.target = "_blank";
  a.rel = "noopener noreferrer external";
  a.append(Object.assign(document.createElement("span"), {className: "hanya-baca", textContent: " (membuka situs lain)"}));
}

async function tambahTautan(tombol) {
  const tempat = wadah(tombol);
  const ruas = tempat.querySelector("[data-tautan]");
  const el = tempat.querySelector("[data-berkas]");
  const tautan = ruas.value.trim();
  if (!tautan) return ruas.focus();
  try {
    const {ok, isi} = await minta(el.dataset.unggahUrl, el, {tautan});
    kata(el, isi.pesan, !ok);
    if (!ok) return ruas.focus();
    ruas.value = "";
    tombol.closest("details").open = false;
    umumkan(el, isi);
  } catch {
    kata(el, "Belum tersimpan. Tautan akan ikut dikirim bersama formulir.", true);
  }
}

async function unggah(el, berkas, keberatanLain = "") {
  kata(el, `Mengunggah ${berkas.map((b) => `${b.name} (${ukuran(b.size)})`).join(", ")}…`);
  try {
    const {ok, isi} = await minta(el.dataset.unggahUrl, el, {berkas});
    kata(el, `${isi.pesan} ${keberatanLain}`.trim(), !ok || isi.gagal?.length > 0 || keberatanLain !== "");
    if (ok) umumkan(el, isi);
  } catch {
    // Back into the field, so that they travel with the form instead.
    const wadah = new DataTransfer();
    berkas.forEach((b) => wadah.items.add(b));
    el.files = wadah.files;
    kata(el, "Belum terunggah. Berkas akan ikut dikirim bersama formulir.", true);
  }
}

function pilih(e) {
  const el = e.target;
  if (!el.matches("input[type='file'][data-berkas]")) return;
  const maks = Number(el.dataset.maks) || MAKS;
  const berkas = [...el.files].filter((b) => !keberatan(b, maks));
  const masalah = [...el.files].map((b) => keberatan(b, maks)).filter(Boolean).join(" ");
  if (masalah && (!berkas.length || !el.dataset.unggahUrl)) {
    el.value = "";
    return kata(el, masalah, true);
  }
  if (!berkas.length) return kata(el, "");
  if (!el.dataset.unggahUrl) return kata(el, berkas.map((b) => `${b.name}, ${ukuran(b.size)}`).join("; "));
  el.value = "";
  catat(unggah(el, berkas, masalah));
}

async function hapus(el, url) {
  try {
    const {ok, isi} = await minta(url, el);
    kata(el, isi.pesan, !ok);
    if (ok) umumkan(el, isi);
  } catch {
    kata(el, "Belum terhapus. Periksa sambungan, lalu coba lagi.", true);
  }
}

let terpasang = false;

/** Called by the modules that need it; loaded by a tag of its own, this file does nothing. */
export function pasangBerkas() {
  if (terpasang) return;
  terpasang = true;
  document.addEventListener("change", pilih);
  // Removing needs script: a submit button here would be the form's first, the one that Enter presses.
  for (const tombol of document.querySelectorAll("[data-hapus-bukti]")) tombol.hidden = false;
  for (const tombol of document.querySelectorAll("[data-tambah-tautan]")) tombol.hidden = !wadah(tombol).querySelector("[data-unggah-url]");
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || !e.target.matches("[data-tautan]")) return;
    e.preventDefault();
    catat(tambahTautan(e.target.parentElement.querySelector("[data-tambah-tautan]")));
  });
  document.addEventListener("click", (e) => {
    const tambah = e.target.closest("[data-tambah-tautan]");
    if (tambah) return void catat(tambahTautan(tambah));
    const tombol = e.target.closest("[data-hapus-bukti]");
    const el = tombol && wadah(tombol)?.querySelector("[data-berkas]");
    if (!el) return;
    tombol.disabled = true;
    catat(hapus(el, tombol.dataset.hapusBukti)).finally(() => (tombol.disabled = false));
  });
}
