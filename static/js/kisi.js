// The grid of capaian (partials/kisi.html) is a real table with inputs. This adds: the percentage while typing,
// Enter and arrows, a block pasted from Excel. "sembilan" is flagged, never swallowed.
import {bacaAngka, tulisAngka} from "./angka.js";
import {pasangBerkas} from "./berkas.js";
import {pasangSimpan} from "./simpan-otomatis.js";

// The usual bands; the server answers with those of the office when the row is saved.
const KATEGORI = [
  [91, "Sangat Tinggi", "daun"],
  [76, "Tinggi", "daun"],
  [66, "Sedang", "kunyit"],
  [51, "Rendah", "bata"],
  [-Infinity, "Sangat Rendah", "bata"],
];
const RUMUS = {
  per_target: (t, r) => (r / t) * 100,
  cermin: (t, r) => ((2 * t - r) / t) * 100,
  kebalikan: (t, r) => (t / r) * 100,
};

function persen(baris, r) {
  const {target, arah, rumus} = baris.dataset;
  if (target === "") return null;
  const t = Number(target);
  if (t === 0) return arah === "turun" ? (r <= 0 ? 100 : 0) : null;
  const kode = /(per_target|cermin|kebalikan)/.exec(rumus)?.[1] ?? (arah === "turun" ? "cermin" : "per_target");
  const p = RUMUS[kode](t, r);
  return Number.isFinite(p) ? Math.max(p, 0) : null;
}

function tandai(baris, kata, warna = "") {
  const kategori = baris.querySelector("[data-kategori]");
  kategori.textContent = kata;
  kategori.className = warna === "galat" ? "galat" : warna ? `tanda tanda--${warna}` : "tanda";
}

function hitung(baris) {
  if (baris.dataset.hitung === "server") return;
  const masukan = baris.querySelector("input[name^='realisasi-']");
  const keluar = baris.querySelector("[data-hasil]");
  const r = bacaAngka(masukan.value);
  keluar.textContent = "–";
  masukan.toggleAttribute("aria-invalid", false);
  if (r === null) return tandai(baris, "Belum diisi");
  if (Number.isNaN(r)) {
    masukan.setAttribute("aria-invalid", "true");
    return tandai(baris, "Isi dengan angka, contoh 91,4", "galat");
  }
  const p = persen(baris, r);
  if (p === null) return tandai(baris, "Tanpa persentase");
  keluar.textContent = `${tulisAngka(p, 2)}%`;
  const [, nama, warna] = KATEGORI.find(([batas]) => p >= batas);
  tandai(baris, nama, warna);
}

const kolom = (kisi, jenis) => [...kisi.querySelectorAll(`[name^='${jenis}-']`)];
const jenisRuas = (el) => /^(realisasi|penjelasan)-/.exec(el.name ?? "")?.[1];

/** Which way a key moves in the column: -1, 1 or 0. Arrows inside a text stay with the text. */
function langkah(e, jenis) {
  if (e.altKey || e.ctrlKey || e.metaKey || e.isComposing) return 0;
  if (jenis === "penjelasan") return e.key === "Enter" && !e.shiftKey ? 1 : 0;
  if (e.key === "ArrowUp" || (e.key === "Enter" && e.shiftKey)) return -1;
  return e.key === "ArrowDown" || e.key === "Enter" ? 1 : 0;
}

function pindah(e) {
  const jenis = jenisRuas(e.target);
  const arah = jenis ? langkah(e, jenis) : 0;
  if (!arah) return;
  e.preventDefault();
  const ruas = kolom(e.currentTarget, jenis);
  const tujuan = ruas[ruas.indexOf(e.target) + arah];
  tujuan?.focus();
  tujuan?.select();
}

const isikan = (el, teks) => {
  el.value = teks;
  el.dispatchEvent(new Event("input", {bubbles: true}));
};

/** Rows of a copied block; Excel puts cells with line breaks between quotes. */
function bacaBlok(teks) {
  const sel = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const baris = [[]];
  const isi = teks.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  while (sel.lastIndex <= isi.length) {
    const [, kutip, biasa, akhir] = sel.exec(isi);
    baris.at(-1).push((kutip?.replaceAll('""', '"') ?? biasa).trim());
    if (akhir === "") break;
    if (akhir === "\n") baris.push([]);
  }
  return baris;
}

function tempel(e) {
  const teks = e.clipboardData.getData("text/plain");
  if (jenisRuas(e.target) !== "realisasi" || !/[\t\n]/.test(teks.trim())) return;
  e.preventDefault();
  const realisasi = kolom(e.currentTarget, "realisasi");
  const penjelasan = kolom(e.currentTarget, "penjelasan");
  const mulai = realisasi.indexOf(e.target);
  bacaBlok(teks).forEach(([angka, kata], n) => {
    if (realisasi[mulai + n]) isikan(realisasi[mulai + n], angka);
    if (penjelasan[mulai + n] && kata) isikan(penjelasan[mulai + n], kata);
  });
}

function terapkan(e) {
  const {detail, target: baris} = e;
  if (!baris.matches("[data-baris]")) return;
  baris.querySelector("[data-hasil]").textContent = detail.capaian_teks;
  tandai(baris, detail.kategori || "Belum diisi", detail.kategori ? detail.kategori_warna : "");
  const ingat = baris.querySelector("[data-ingat]");
  if (ingat) ingat.textContent = detail.ingat ?? "";
  for (const [nama, teks] of Object.entries(detail.ringkasan ?? {})) {
    const tempat = document.querySelector(`[data-ringkas="${nama}"]`);
    if (tempat) tempat.textContent = teks;
  }
  const alasan = baris.querySelector("[data-alasan]");
  if (alasan) alasan.textContent = detail.alasan ?? "";
}

pasangBerkas();
pasangSimpan();
for (const kisi of document.querySelectorAll("[data-kisi]")) {
  kisi.addEventListener("input", (e) => jenisRuas(e.target) === "realisasi" && hitung(e.target.closest("[data-baris]")));
  kisi.addEventListener("keydown", pindah);
  kisi.addEventListener("paste", tempel);
  kisi.addEventListener("tersimpan", terapkan);
}
