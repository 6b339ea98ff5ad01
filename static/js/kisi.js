// The grid of capaian (partials/kisi.html) is a real table with inputs. This adds: the percentage while typing,
// Enter and arrows, a block pasted from Excel. "sembilan" is flagged, never swallowed.
import {bacaAngka, tulisAngka, tulisPolos} from "./angka.js";
import {pasangBerkas} from "./berkas.js";
import {lanjutkan, pasangSimpan, polos, ruasDari, simpanSegera, tampilkanGalat} from "./simpan-otomatis.js";

// How the office judged when the form was opened; the table carries it. Without it nothing is put into a category here.
function bacaPenilaian(kisi) {
  const isi = JSON.parse(kisi.dataset.penilaian ?? "null");
  if (!isi) return null;
  return {
    skala: isi.skala.map(([batas, nama, warna]) => [batas === null ? -Infinity : Number(batas), nama, warna]),
    wajib: Number(isi.batas_penjelasan),
    periksa: Number(isi.batas_periksa),
    rtl: isi.wajib_rtl,
  };
}
const penilaian = new WeakMap();
const nilaiMenurut = (baris) => penilaian.get(baris.closest("[data-kisi]"));

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

const milik = (baris) => [...document.querySelectorAll(`[data-milik="${baris.id}"] input[name^='komponen']`)];
const bacaSemua = (ruas) => ruas.map((r) => bacaAngka(r.value));

/** Realisasi of a row made of parts; null while one is missing, NaN when one cannot be read. */
function susun({dataset: {susunan, pengali}}, ruas) {
  const nilai = bacaSemua(ruas);
  if (nilai.some(Number.isNaN)) return NaN;
  if (nilai.includes(null)) return null;
  const jumlah = (isi) => isi.reduce((a, b) => a + b, 0);
  if (susunan === "jumlah") return jumlah(nilai);
  const bobot = ruas.map((r) => Number(r.dataset.bobot));
  if (susunan === "tertimbang") return jumlah(nilai.map((n, i) => n * bobot[i])) / jumlah(bobot);
  const peran = (kata) => jumlah(nilai.filter((_, i) => ruas[i].dataset.peran === kata));
  const bawah = peran("penyebut");
  return bawah ? (peran("pembilang") * Number(pengali)) / bawah : null;
}

function bacaRealisasi(baris, masukan) {
  const ruas = milik(baris);
  if (!ruas.length) return bacaAngka(masukan.value);
  const r = susun(baris, ruas);
  masukan.value = r === null || Number.isNaN(r) ? "" : tulisPolos(r);
  for (const el of ruas) el.toggleAttribute("aria-invalid", Number.isNaN(bacaAngka(el.value)));
  return r;
}

/** Why a figure is impossible, in the server's words. */
function mustahil({dataset}, r) {
  if (r < 0 && !("negatif" in dataset)) return "Tidak dapat kurang dari nol";
  return dataset.maks && r > Number(dataset.maks) ? `Paling tinggi ${tulisPolos(Number(dataset.maks))}` : "";
}

function hitung(baris) {
  if (baris.dataset.hitung === "server" && !milik(baris).length) return;
  const masukan = baris.querySelector("input[name^='realisasi-']");
  const keluar = baris.querySelector("[data-hasil]");
  const r = bacaRealisasi(baris, masukan);
  keluar.textContent = "–";
  masukan.removeAttribute("aria-invalid");
  ingatkan(baris, null);
  if (r === null) return tandai(baris, "Belum diisi");
  const salah = Number.isNaN(r) ? "Isi dengan angka, contoh 91,4" : mustahil(baris, r);
  if (salah) {
    masukan.setAttribute("aria-invalid", "true");
    return tandai(baris, salah, "galat");
  }
  if (baris.dataset.hitung === "server") return;
  const p = persen(baris, r);
  if (p === null) return tandai(baris, "Tanpa persentase");
  keluar.textContent = `${tulisAngka(p, 2)}%`;
  const [, nama, warna] = nilaiMenurut(baris)?.skala.find(([batas]) => p >= batas) ?? [0, "", ""];
  tandai(baris, nama, warna);
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
  if (p > aturan.periksa) tempat.textContent = `Capaian di atas ${tulisPolos(aturan.periksa)}%. Periksa kembali angkanya.`;
  if (p >= aturan.wajib) return;
  const pk = baris.id.split("-")[1];
  const kosong = WAJIB.slice(0, aturan.rtl ? 4 : 1).filter(([nama]) => document.getElementById(`${nama}-${pk}`)?.value.trim() === "");
  const batas = `${tulisPolos(aturan.wajib)}%`;
  const kata = kosong.map(([, sebutan]) => sebutan);
  if (kata.length === 1 && kata[0] === "penjelasan") tempat.textContent = `Capaian di bawah ${batas}, penjelasan wajib diisi.`;
  else if (kata.length) tempat.textContent = `Capaian di bawah ${batas}: lengkapi ${kata.length > 1 ? `${kata.slice(0, -1).join(", ")} dan ` : ""}${kata.at(-1)}.`;
  const lanjut = document.querySelector(`[data-milik="${baris.id}"] [data-uraian]`);
  if (lanjut && aturan.rtl) lanjut.open = true;
}

const ANGKA = "[name^='realisasi-'], [name^='komponen']";
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
  if (e.target.matches("select")) return 0;
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

const isikan = (el, teks) => {
  const pilihan = el.matches("select") && [...el.options].find((o) => o.text.toLowerCase() === teks.toLowerCase());
  el.value = pilihan ? pilihan.value : teks;
  el.dispatchEvent(new Event("input", {bubbles: true}));
};

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

function tempel(e) {
  const teks = e.clipboardData.getData("text/plain");
  if (jenisRuas(e.target) !== "angka" || !/[\t\n]/.test(teks.trim())) return;
  e.preventDefault();
  const baris = barisAngka(e.currentTarget);
  const mulai = baris.indexOf(e.target.closest("tr"));
  bacaBlok(teks).forEach(([angka, kata], n) => {
    const tr = baris[mulai + n];
    if (!tr) return;
    const realisasi = ruasAngka(tr);
    const penjelasan = tr.querySelector("[name^='penjelasan-']");
    if (realisasi && !realisasi.readOnly) isikan(realisasi, angka);
    if (penjelasan && kata) isikan(penjelasan, kata);
  });
}

function ringkaskan(isi) {
  for (const [nama, teks] of Object.entries(isi ?? {})) {
    const tempat = document.querySelector(`[data-ringkas="${nama}"]`);
    if (tempat) tempat.textContent = teks;
  }
}

const buat = (jenis, isi = {}) => Object.assign(document.createElement(jenis), isi);
const judulRuas = (r) => (r.getAttribute("aria-label") ?? r.labels?.[0]?.textContent ?? "").split(",")[0].trim();

/** Two people typed into one row: both values side by side, and a button for each. */
function tampilkanBentrok({target: el, detail: {pesan, versi, kini}}) {
  const beda = ruasDari(el).filter((r) => polos(r.name) in kini && kini[polos(r.name)] !== r.value.trim());
  const tempat = el.querySelector("[data-galat]");
  if (!tempat || !beda.length) return;
  const daftar = buat("dl", {className: "bentrok"});
  for (const r of beda) {
    daftar.append(buat("dt", {textContent: judulRuas(r)}));
    daftar.append(buat("dd", {textContent: `Anda: ${r.value.trim() || "kosong"}`}));
    daftar.append(buat("dd", {textContent: `${kini.oleh}: ${kini[polos(r.name)] || "kosong"}`}));
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
  tandai(baris, detail.kategori || "Belum diisi", detail.kategori ? detail.kategori_warna : "");
  const ingat = baris.querySelector("[data-ingat]");
  if (ingat) ingat.textContent = detail.ingat ?? "";
  ringkaskan(detail.ringkasan);
  const realisasi = baris.querySelector("input[name^='realisasi-']");
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
    if (["realisasi", "komponen", ...WAJIB.map(([nama]) => nama)].includes(jenis)) hitung(barisDari(e.target));
  });
  kisi.addEventListener("keydown", pindah);
  kisi.addEventListener("paste", tempel);
  kisi.addEventListener("tersimpan", terapkan);
  kisi.addEventListener("bentrok", tampilkanBentrok);
  kisi.addEventListener("ringkasan", (e) => ringkaskan(e.detail));
}
