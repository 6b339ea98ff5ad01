// The grid of capaian (partials/kisi.html) is a real table with inputs. This adds: the percentage while typing,
// Enter and arrows, a block pasted from Excel. "sembilan" is flagged, never swallowed.
import {bacaPolos} from "./angka.js";
import {pasangBerkas} from "./berkas.js";
import {banding, pecahan, persen, susun, tulis} from "./persen.js";
import {lanjutkan, pasangSimpan, polos, ruasDari, simpanSegera, tampilkanGalat} from "./simpan-otomatis.js";

// How the office judged when the form was opened; the table carries it. Without it nothing is put into a category here.
function bacaPenilaian(kisi) {
  const isi = JSON.parse(kisi.dataset.penilaian ?? "null");
  if (!isi) return null;
  return {
    skala: isi.skala.map(([batas, nama]) => [batas === null ? null : pecahan(batas), nama]),
    wajib: pecahan(isi.batas_penjelasan),
    periksa: pecahan(isi.batas_periksa),
    rtl: isi.wajib_rtl,
  };
}
const penilaian = new WeakMap();
const nilaiMenurut = (baris) => penilaian.get(baris.closest("[data-kisi]"));

/** The settings the row was opened with. */
function bacaSetelan({dataset: {rumus, target, atas, batas, lantai, toleransi}}) {
  return {rumus, target: pecahan(target), atas: pecahan(atas), batas: pecahan(batas), lantai: pecahan(lantai), toleransi: pecahan(toleransi)};
}

/** The category in words, without colour: only a verified figure is shown as good or bad. */
function tandai(baris, kata) {
  baris.querySelector("[data-kategori]").textContent = kata;
}

/** A figure that cannot be is named once, where its field points to; what the server said of it goes. */
function tolakAngka(baris, masukan, salah) {
  masukan.toggleAttribute("aria-invalid", false);
  const tempat = baris.querySelector("[data-galat]");
  tempat?.querySelector("[data-angka]")?.remove();
  if (!salah) return;
  masukan.setAttribute("aria-invalid", "true");
  const kalimat = buat("p", {className: "galat", textContent: salah});
  kalimat.dataset.angka = "";
  tempat?.replaceChildren(kalimat);
}

const REALISASI = "[name^='realisasi-']";
const milik = (baris) => [...document.querySelectorAll(`[data-milik="${baris.id}"] input[name^='komponen']`)];
/** A fraction; null while it is empty, undefined when it is no figure. */
function bacaRuas(ruas) {
  if (ruas.matches("select")) return pecahan(ruas.selectedOptions[0]?.dataset.skor);
  const teks = bacaPolos(ruas.value);
  return teks === undefined ? undefined : pecahan(teks);
}

/** Realisasi of a row made of parts; null while one is missing, undefined when one cannot be read. */
function bacaSusunan({dataset: {susunan, pengali}}, ruas) {
  const bagian = ruas.map((r) => ({peran: r.dataset.peran, bobot: pecahan(r.dataset.bobot), nilai: bacaRuas(r)}));
  return bagian.some((k) => k.nilai === undefined) ? undefined : susun(susunan, pecahan(pengali), bagian);
}

function bacaRealisasi(baris, masukan) {
  const ruas = milik(baris);
  if (!ruas.length) return bacaRuas(masukan);
  const r = bacaSusunan(baris, ruas);
  masukan.value = r ? tulis(r, 6, false) : "";
  for (const el of ruas) el.toggleAttribute("aria-invalid", bacaRuas(el) === undefined);
  return r;
}

/** Why a figure is impossible, in the server's words. */
function mustahil({dataset}, r) {
  if (r.a < 0n && !("negatif" in dataset)) return "Tidak dapat kurang dari nol";
  const maks = pecahan(dataset.maks);
  return maks && banding(r, maks) > 0 ? `Paling tinggi ${tulis(maks, 6, false)}` : "";
}

function hitung(baris) {
  const masukan = baris.querySelector(REALISASI);
  if (masukan.type === "hidden") return;
  const keluar = baris.querySelector("[data-hasil]");
  keluar.textContent = "–";
  tolakAngka(baris, masukan, "");
  ingatkan(baris, null);
  // Dates and words are read by the server alone; until it has, no old figure stands beside the new one.
  if (baris.dataset.hitung === "server") return tandai(baris, masukan.value ? "Dihitung saat tersimpan" : "Belum diisi");
  const r = bacaRealisasi(baris, masukan);
  if (r === null) return tandai(baris, "Belum diisi");
  const salah = r === undefined ? "Isi dengan angka, contoh 91,4" : mustahil(baris, r);
  if (salah) {
    tolakAngka(baris, masukan, salah);
    return tandai(baris, "Tidak dapat dihitung");
  }
  const p = persen(bacaSetelan(baris), r);
  if (p === null) return tandai(baris, "Tidak dapat dihitung");
  keluar.textContent = `${tulis(p, 2)}%`;
  const [, nama] = nilaiMenurut(baris)?.skala.find(([batas]) => batas === null || banding(p, batas) >= 0) ?? [0, ""];
  tandai(baris, nama);
  ingatkan(baris, p);
}

const WAJIB = [["penjelasan", "penjelasan"], ["kendala", "kendala"], ["solusi", "solusi"], ["rencana", "RTL"]];

/** Below the office's limit the texts are asked for while the figure is typed, not only when it is sent. */
function ingatkan(baris, p) {
  const aturan = nilaiMenurut(baris);
  const tempat = baris.querySelector("[data-ingat]");
  if (!aturan || !tempat) return;
  tempat.textContent = "";
  if (p === null) return;
  if (banding(p, aturan.periksa) > 0) tempat.textContent = `Capaian di atas ${tulis(aturan.periksa, 6, false)}%. Periksa kembali angkanya.`;
  if (banding(p, aturan.wajib) >= 0) return;
  const pk = baris.id.split("-")[1];
  const kosong = WAJIB.slice(0, aturan.rtl ? 4 : 1).filter(([nama]) => document.getElementById(`${nama}-${pk}`)?.value.trim() === "");
  const batas = `${tulis(aturan.wajib, 6, false)}%`;
  const kata = kosong.map(([, sebutan]) => sebutan);
  if (kata.length === 1 && kata[0] === "penjelasan") tempat.textContent = `Capaian di bawah ${batas}, penjelasan wajib diisi.`;
  else if (kata.length) tempat.textContent = `Capaian di bawah ${batas}: lengkapi ${kata.length > 1 ? `${kata.slice(0, -1).join(", ")} dan ` : ""}${kata.at(-1)}.`;
  const lanjut = document.querySelector(`[data-milik="${baris.id}"] [data-uraian]`);
  if (lanjut && aturan.rtl) lanjut.open = true;
}

const ANGKA = "[name^='realisasi-']:not([type=hidden]), [name^='komponen']";
const barisDari = (el) => {
  const tr = el.closest("tr");
  return tr.dataset.milik ? document.getElementById(tr.dataset.milik) : tr;
};
const jenisRuas = (el) => (el.matches?.(ANGKA) ? "angka" : el.name?.startsWith("penjelasan-") ? "penjelasan" : "");
/** Rows of figures in order, those without a field too: a pasted block counts them as Excel does. */
const barisAngka = (kisi) => [...kisi.querySelectorAll("tr[data-baris], tr.komponen")];
const ruasAngka = (tr) => tr.querySelector(ANGKA);
const kolom = (kisi, jenis) =>
  jenis === "angka" ? barisAngka(kisi).map(ruasAngka).filter((r) => r && !r.readOnly) : [...kisi.querySelectorAll("[name^='penjelasan-']")];

/** Which way a key moves in the column: -1, 1 or 0. Arrows inside a text or a list stay with it. */
function langkah(e, jenis) {
  if (e.altKey || e.ctrlKey || e.metaKey || e.isComposing) return 0;
  if (jenis === "penjelasan") return e.key === "Enter" && !e.shiftKey ? 1 : 0;
  if (e.key === "Enter") return e.shiftKey ? -1 : 1;
  if (e.target.matches("select, [type=date]")) return 0;
  return {ArrowUp: -1, ArrowDown: 1}[e.key] ?? 0;
}

function pindah(e) {
  const jenis = jenisRuas(e.target);
  const arah = jenis ? langkah(e, jenis) : 0;
  if (!arah) return;
  e.preventDefault();
  const ruas = kolom(e.currentTarget, jenis);
  const tujuan = ruas[ruas.indexOf(e.target) + arah];
  tujuan?.focus();
  tujuan?.select?.();
}

const BULAN = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];

/** "5 Oktober 2026" and "05/10/2026" as "2026-10-05", "" as it is; undefined where it is no day. */
function bacaTanggal(teks) {
  const rapi = teks.trim().toLowerCase();
  if (rapi === "" || /^\d{4}-\d{2}-\d{2}$/.test(rapi)) return rapi;
  const [, hari, bulan, tahun] = /^(\d{1,2})[ /.-]([a-z]+|\d{1,2})[ /.-](\d{4})$/.exec(rapi) ?? [];
  const nomor = /^\d/.test(bulan ?? "") ? Number(bulan) : BULAN.indexOf((bulan ?? "").slice(0, 3)) + 1;
  return nomor > 0 ? `${tahun}-${String(nomor).padStart(2, "0")}-${hari.padStart(2, "0")}` : undefined;
}

/** Put a pasted cell into a field; whether it could take it. */
function isikan(el, teks) {
  const pilihan = el.matches("select") && [...el.options].find((o) => o.text.toLowerCase() === teks.toLowerCase());
  const isi = pilihan ? pilihan.value : el.type === "date" ? bacaTanggal(teks) : teks;
  if (isi === undefined || (el.matches("select") && teks && !pilihan)) return false;
  el.value = isi;
  el.dispatchEvent(new Event("input", {bubbles: true}));
  return true;
}

/** Rows of a copied block; Excel puts cells with line breaks between quotes. */
function bacaBlok(teks) {
  const sel = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
  const baris = [[]];
  const isi = teks.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  while (sel.lastIndex <= isi.length) {
    const cocok = sel.exec(isi);
    // A quote that opens and never closes: the rest is taken as it stands.
    if (!cocok) break;
    const [, kutip, biasa, akhir] = cocok;
    baris.at(-1).push((kutip?.replaceAll('""', '"') ?? biasa).replace(/\u00a0/g, " ").trim());
    if (akhir === "") break;
    if (akhir === "\n") baris.push([]);
  }
  return baris;
}

/** One pasted row into a row of the grid; the cell that found no place, or "". */
function tempelBaris(tr, [angka, kata]) {
  const realisasi = ruasAngka(tr);
  const penjelasan = tr.querySelector("[name^='penjelasan-']");
  if (penjelasan && kata) isikan(penjelasan, kata);
  if (!realisasi || realisasi.readOnly) return angka;
  return isikan(realisasi, angka) ? "" : angka;
}

/** What of a pasted block was used and what was not: nothing goes silently. */
function laporkan(kisi, {dipakai, takCocok, takMuat}) {
  const tempat = kisi.closest("form").querySelector("[data-tempel]");
  if (!tempat) return;
  const sebut = (isi) => `${isi.slice(0, 5).join("; ")}${isi.length > 5 ? "; …" : ""}`;
  const kata = [`${dipakai} baris ditempel.`];
  if (takMuat.length) kata.push(`${takMuat.length} baris tidak muat di bawah baris terakhir: ${sebut(takMuat)}.`);
  if (takCocok.length) kata.push(`${takCocok.length} isian tidak dapat dipakai pada barisnya: ${sebut(takCocok)}.`);
  tempat.textContent = kata.join(" ");
  tempat.classList.toggle("ingat", takMuat.length + takCocok.length > 0);
}

function tempel(e) {
  const teks = e.clipboardData.getData("text/plain");
  if (jenisRuas(e.target) !== "angka" || !/[\t\n]/.test(teks.trim())) return;
  e.preventDefault();
  const baris = barisAngka(e.currentTarget);
  const mulai = baris.indexOf(e.target.closest("tr"));
  const isi = bacaBlok(teks);
  const muat = isi.slice(0, baris.length - mulai);
  const takCocok = muat.map((sel, n) => tempelBaris(baris[mulai + n], sel)).filter(Boolean);
  const takMuat = isi.slice(muat.length).map((sel) => sel.filter(Boolean).join(" ")).filter(Boolean);
  laporkan(e.currentTarget, {dipakai: muat.length, takCocok, takMuat});
}

function ringkaskan(isi) {
  for (const [nama, teks] of Object.entries(isi ?? {})) {
    const tempat = document.querySelector(`[data-ringkas="${nama}"]`);
    if (tempat) tempat.textContent = teks;
  }
}

const buat = (jenis, isi = {}) => Object.assign(document.createElement(jenis), isi);
const judulRuas = (r) => (r.getAttribute("aria-label") ?? r.labels?.[0]?.textContent ?? "").split(",")[0].trim();

const HARI = {day: "numeric", month: "long", year: "numeric"};
/** What a field holds, in words. */
const kataRuas = (r, isi) => (!isi ? "kosong" : r.type === "date" ? new Date(`${isi}T00:00`).toLocaleDateString("id-ID", HARI) : isi);

/** Two people typed into one row: both values side by side, and a button for each. */
function tampilkanBentrok({target: el, detail: {pesan, versi, kini}}) {
  const beda = ruasDari(el).filter((r) => polos(r.name) in kini && kini[polos(r.name)] !== r.value.trim());
  const tempat = el.querySelector("[data-galat]");
  if (!tempat || !beda.length) return;
  const daftar = buat("dl", {className: "bentrok"});
  for (const r of beda) {
    daftar.append(buat("dt", {textContent: judulRuas(r)}));
    daftar.append(buat("dd", {textContent: `Anda: ${kataRuas(r, r.value.trim())}`}));
    daftar.append(buat("dd", {textContent: `${kini.oleh}: ${kataRuas(r, kini[polos(r.name)])}`}));
  }
  const saya = buat("button", {type: "button", className: "tombol tombol--kecil", textContent: "Pakai isian saya"});
  const dia = buat("button", {type: "button", className: "tombol tombol--kecil", textContent: `Pakai isian ${kini.oleh}`});
  const selesai = () => {
    for (const r of el.querySelectorAll("[name^='versi-']")) r.value = versi;
    lanjutkan(el);
    tampilkanGalat(el);
    beda[0].focus();
  };
  saya.addEventListener("click", () => (selesai(), simpanSegera(el)));
  dia.addEventListener("click", () => {
    selesai();
    for (const r of beda) {
      r.value = kini[polos(r.name)];
      r.dispatchEvent(new Event("input", {bubbles: true}));
    }
  });
  const kalimat = buat("p", {className: "galat", textContent: pesan.split(";")[0].replace(/\.?$/, ".")});
  const aksi = buat("p", {className: "baris"});
  aksi.append(saya, dia);
  tempat.replaceChildren(kalimat, daftar, aksi);
  const status = el.querySelector("[data-simpan]");
  if (status) status.textContent = "Belum tersimpan. Pilih isian yang benar.";
}

function terapkan(e) {
  const {detail, target: baris} = e;
  if (!baris.matches("[data-baris]")) return;
  baris.querySelector("[data-hasil]").textContent = detail.capaian_teks;
  tandai(baris, detail.kategori || "Belum diisi");
  const ingat = baris.querySelector("[data-ingat]");
  if (ingat) ingat.textContent = detail.ingat ?? "";
  ringkaskan(detail.ringkasan);
  const realisasi = baris.querySelector(REALISASI);
  if (realisasi?.readOnly) realisasi.value = detail.realisasi_teks;
  const alasan = baris.querySelector("[data-alasan]");
  if (alasan) alasan.textContent = detail.alasan ?? "";
}

pasangBerkas();
pasangSimpan();
for (const kisi of document.querySelectorAll("[data-kisi]")) {
  penilaian.set(kisi, bacaPenilaian(kisi));
  kisi.addEventListener("input", (e) => {
    const jenis = e.target.name?.replace(/\d*-\d+$/, "");
    if (!["realisasi", "komponen", ...WAJIB.map(([nama]) => nama)].includes(jenis)) return;
    const baris = barisDari(e.target);
    if (baris.dataset.hitung !== "server" || jenis === "realisasi") hitung(baris);
  });
  kisi.addEventListener("keydown", pindah);
  kisi.addEventListener("paste", tempel);
  kisi.addEventListener("tersimpan", terapkan);
  kisi.addEventListener("bentrok", tampilkanBentrok);
  kisi.addEventListener("ringkasan", (e) => ringkaskan(e.detail));
}
