// Saves [data-simpan-url] by itself: a textarea, or a table row with its fields and those of the rows below it
// ([data-milik] names the row they belong to). The form still works without.
// Sent: the fields by their names without "-<pk>", the row's version among them.
// Answer: JSON {versi, tersimpan, …}; a refusal {pesan, galat?: {field: text}}. What happens stands in the
// nearest [data-simpan]. After saving, the element fires "tersimpan" with the answer as detail; where somebody
// else was first (409 with `kini`, what stands now), "bentrok".
import {catat} from "./tunda-kirim.js";

const JEDA = 1200;
const JEDA_ULANG = 8000;
const antrean = new Map();
const gagal = new Set();
const macet = new Set();

const wadah = (el) => el.closest("tr, fieldset, section") ?? el.parentElement;
export const polos = (nama) => nama.replace(/-\d+$/, "");

function kata(el, teks, galat = false) {
  const status = wadah(el).querySelector("[data-simpan]");
  if (!status) return;
  status.textContent = teks;
  status.classList.toggle("galat", galat);
}

/** Say how it stands with an element. */
export const nyatakan = kata;

/** Fields that are saved with the element. */
export function ruasDari(el) {
  if (el.matches("textarea, input")) return [el];
  const bawah = el.id ? document.querySelectorAll(`[data-milik="${el.id}"] [name]`) : [];
  return [...el.querySelectorAll("[name]"), ...bawah].filter((r) => !r.matches("[data-tautan]"));
}

function muatan(el) {
  const data = new FormData();
  for (const r of [...ruasDari(el), ...wadah(el).querySelectorAll("[name^='versi-']")]) {
    if (r.type === "checkbox" || r.type === "radio") r.checked && data.append(polos(r.name), r.value);
    else if (r.type !== "file" && r.type !== "submit") data.set(polos(r.name), r.value);
  }
  data.set("csrfmiddlewaretoken", el.closest("form").elements.csrfmiddlewaretoken.value);
  return data;
}

export function tampilkanGalat(el, galat = {}) {
  const tempat = el.querySelector("[data-galat]");
  tempat?.replaceChildren(
    ...Object.values(galat).map((teks) => Object.assign(document.createElement("p"), {className: "galat", textContent: teks})),
  );
  for (const r of ruasDari(el)) {
    if (galat[polos(r.name)]) r.setAttribute("aria-invalid", "true");
    else if (r.matches("textarea, select") || polos(r.name).startsWith("komponen")) r.removeAttribute("aria-invalid");
  }
}

function terima(el, isi, terkirim) {
  for (const versi of wadah(el).querySelectorAll("[name^='versi-']")) versi.value = isi.versi;
  tampilkanGalat(el);
  const pukul = /^\d/.test(isi.tersimpan) ? `Tersimpan otomatis pukul ${isi.tersimpan}` : isi.tersimpan;
  kata(el, [pukul, ...(isi.peringatan ?? [])].join(". ").replace("..", "."));
  el.dispatchEvent(new CustomEvent("tersimpan", {bubbles: true, detail: {...isi, terkirim}}));
}

function tolak(el, status, isi) {
  tampilkanGalat(el, isi.galat);
  // Somebody else was first, or the turn has moved on: stop here, the words stay on the page.
  if (status === 409 || status === 403) macet.add(el);
  kata(el, isi.pesan, true);
  if (isi.pemegang) el.dispatchEvent(new CustomEvent("diambil-alih", {bubbles: true, detail: isi}));
  if (isi.kini) el.dispatchEvent(new CustomEvent("bentrok", {bubbles: true, detail: isi}));
}

/** Take up saving again where it had stopped. */
export function lanjutkan(el) {
  macet.delete(el);
}

/** Save now, without a change of any field. */
export function simpanSegera(el) {
  mulai(el);
}

const isJson = (jawab) => !jawab.redirected && Boolean(jawab.headers.get("Content-Type")?.includes("json"));

async function minta(el, data) {
  return fetch(el.dataset.simpanUrl, {
    method: "POST",
    body: data,
    headers: {Accept: "application/json", ...(el.closest("[data-cadangan]") && {"X-Cadangan": "peramban"})},
    // A page that is being left may finish its request; the browser caps these at 64 kB.
    keepalive: document.visibilityState === "hidden",
  });
}

/** Signing in anew, in another tab, changes the token of this page: take the new one from the page itself. */
async function segarkanToken(form) {
  const jawab = await fetch(location.href, {headers: {Accept: "text/html"}});
  if (!jawab.ok || jawab.redirected) return false;
  const halaman = new DOMParser().parseFromString(await jawab.text(), "text/html");
  const baru = halaman.querySelector("main [name=csrfmiddlewaretoken]")?.value;
  if (!baru) return false;
  for (const f of document.querySelectorAll("[name=csrfmiddlewaretoken]")) f.value = baru;
  return Boolean(form.elements.csrfmiddlewaretoken);
}

function tanpaJawaban(el, jawab) {
  if (jawab.status === 413 || jawab.status === 400) return kata(el, "Belum tersimpan: isinya terlalu besar bagi server. Hapus sebagian.", true);
  gagal.add(el);
  if (jawab.status >= 500) {
    kata(el, "Belum tersimpan. Server sedang bermasalah; akan dicoba lagi.", true);
    return jadwalkan(el, JEDA_ULANG);
  }
  kata(el, "Belum tersimpan karena sesi berakhir. Masuk kembali di tab lain, lalu lanjutkan mengetik.", true);
}

async function kirim(el) {
  antrean.delete(el);
  kata(el, "Menyimpan…");
  let [data, jawab] = [muatan(el), null];
  try {
    jawab = await minta(el, data);
    if (!isJson(jawab) && jawab.status < 500 && (jawab.redirected || jawab.status === 403) && (await segarkanToken(el.closest("form")))) {
      data = muatan(el);
      jawab = await minta(el, data);
    }
  } catch {
    gagal.add(el);
    kata(el, `Belum tersimpan. Akan dicoba lagi.${el.closest("[data-cadangan]") ? " Teks aman di peramban ini." : ""}`, true);
    return jadwalkan(el, JEDA_ULANG);
  }
  if (!isJson(jawab)) return tanpaJawaban(el, jawab);
  gagal.delete(el);
  const isi = await jawab.json();
  jawab.ok ? terima(el, isi, data.get("isi")) : tolak(el, jawab.status, isi);
}

function jadwalkan(el, jeda = JEDA) {
  if (macet.has(el)) return;
  clearTimeout(antrean.get(el));
  antrean.set(el, setTimeout(() => mulai(el), jeda));
}

// One request per element at a time, or the second would carry the version the first has used up.
const jalur = new WeakMap();
function mulai(el) {
  clearTimeout(antrean.get(el));
  const giliran = (jalur.get(el) ?? Promise.resolve()).then(() => kirim(el));
  jalur.set(el, giliran);
  catat(giliran);
}

function sasaran({target}) {
  if (target.type === "file" || target.matches("[data-tautan]")) return null;
  return target.closest("[data-simpan-url]") ?? document.getElementById(target.closest("[data-milik]")?.dataset.milik)?.closest("[data-simpan-url]");
}
const segera = () => antrean.forEach((_, el) => mulai(el));

function ubah(e) {
  const el = sasaran(e);
  if (el && antrean.has(el) && !macet.has(el)) mulai(el);
}

/** The form carries everything itself; nothing may be saved behind its back any more. */
function serahkan(e) {
  if (e.defaultPrevented) return;
  gagal.clear();
  macet.clear();
  for (const [el, jadwal] of antrean) {
    if (!e.target.contains(el)) continue;
    clearTimeout(jadwal);
    antrean.delete(el);
  }
}

let terpasang = false;

/** Called by the modules that need it; loaded by a tag of its own, this file does nothing. */
export function pasangSimpan() {
  if (terpasang) return;
  terpasang = true;
  document.addEventListener("input", (e) => sasaran(e) && jadwalkan(sasaran(e)));
  document.addEventListener("change", ubah);
  document.addEventListener("submit", serahkan);
  // Nothing waits when the person leaves; unsaved words are asked about only when saving has failed.
  addEventListener("online", segera);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && segera());
  addEventListener("beforeunload", (e) => (gagal.size || macet.size) && e.preventDefault());
}
