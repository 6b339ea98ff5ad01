// Rows before an examiner (kinerja/_periksa_baris.html): each verdict is saved by itself, S and P give it from the
// keyboard, and where somebody else was first both verdicts stand side by side to choose from.
import {lanjutkan, pasangSimpan, simpanSegera} from "./simpan-otomatis.js";

const ruas = (baris, nama) => [...baris.querySelectorAll(`[name^='${nama}-']`)];
const pilihan = (baris, nilai) => ruas(baris, "periksa").find((r) => r.value === nilai);
const status = (baris, teks) => (baris.querySelector("[data-simpan]").textContent = teks);

function berubah(e) {
  const baris = e.currentTarget;
  baris.classList.toggle("perlu", pilihan(baris, "perbaiki").checked);
  if (terbuka(baris)) e.stopPropagation();
}

const semua = [...document.querySelectorAll("[data-periksa]")];
const terbuka = (baris) => !ruas(baris, "periksa").some((r) => r.checked);

function berikut(baris) {
  const sesudah = semua.slice(semua.indexOf(baris) + 1);
  const tujuan = sesudah.find(terbuka) ?? semua.find(terbuka);
  tujuan?.closest("details").toggleAttribute("open", true);
  tujuan && ruas(tujuan, "periksa")[0].focus();
}

function tekan(e) {
  const baris = e.currentTarget;
  if (e.altKey || e.metaKey || e.isComposing) return;
  if (e.key === "Enter" && e.ctrlKey) return berikut(baris);
  if (e.ctrlKey || !/^periksa-/.test(e.target.name ?? "")) return;
  const nilai = {s: "sesuai", p: "perbaiki"}[e.key.toLowerCase()];
  if (!nilai) return;
  e.preventDefault();
  const radio = pilihan(baris, nilai);
  if (!radio.checked) radio.click();
  // A target in words still needs to be told how far it was reached.
  const nilaian = ruas(baris, "penilaian").find((p) => !p.value);
  if (nilai === "perbaiki") ruas(baris, "sebab")[0].focus();
  else if (nilaian) nilaian.focus();
  else berikut(baris);
}

function ringkas(e) {
  const {ringkasan = {}, unit = {}, kurang} = e.detail;
  // The choice is kept at once; what is to be mended may follow.
  if (kurang) status(e.currentTarget, `Pilihan tersimpan. ${kurang}`);
  for (const [nama, n] of Object.entries(ringkasan)) {
    const tempat = document.querySelector(`[data-ringkas="${nama}"]`);
    if (tempat) tempat.textContent = n;
    const sel = document.querySelector(`[data-unit="${unit.pk}-${nama}"]`);
    if (sel) sel.textContent = unit[nama];
  }
  hitungSisa(document.querySelector(`[data-sisa="${unit.pk}"]`), unit.belum);
}

/** How many rows the button of a unit would mark: those nobody has judged and that are not out of the ordinary. */
function hitungSisa(sisa, belum) {
  if (!sisa) return;
  const biasa = semua.filter((b) => terbuka(b) && !("sendiri" in b.dataset) && sisa.parentElement.contains(b));
  sisa.hidden = !belum;
  sisa.querySelector("[data-jumlah]").textContent = biasa.length;
  sisa.querySelector("button").hidden = !biasa.length;
}

function pakai(baris, kini) {
  for (const r of ruas(baris, "periksa")) r.checked = r.value === kini.periksa;
  for (const s of ruas(baris, "sebab")) s.checked = kini.sebab.includes(s.value);
  ruas(baris, "catatan")[0].value = kini.catatan;
  for (const p of ruas(baris, "penilaian")) p.value = kini.penilaian;
  baris.classList.toggle("perlu", kini.periksa === "perbaiki");
}

function tombol(teks, lakukan) {
  const t = Object.assign(document.createElement("button"), {type: "button", className: "tombol tombol--kecil", textContent: teks});
  t.addEventListener("click", lakukan);
  return t;
}

/** Both verdicts, and a button for each. Nothing typed is lost until one of them is taken. */
function bentrok(e) {
  const baris = e.currentTarget;
  const {versi, kini} = e.detail;
  const kotak = baris.querySelector("[data-bentrok]");
  const selesai = () => {
    ruas(baris, "versi")[0].value = versi;
    kotak.hidden = true;
    kotak.replaceChildren();
    ruas(baris, "periksa").find((r) => r.checked)?.focus();
    lanjutkan(baris);
  };
  kotak.replaceChildren(
    tombol("Simpan tanda saya", () => (selesai(), simpanSegera(baris))),
    tombol(`Pakai tanda ${kini.siapa}`, () => (pakai(baris, kini), selesai(), status(baris, "Memakai tanda yang tersimpan."))),
  );
  kotak.hidden = false;
}

// What has never been on the screen has not been seen, whatever the form says.
const pengamat = new IntersectionObserver((daftar) => {
  for (const {isIntersecting, target} of daftar) {
    if (!isIntersecting) continue;
    ruas(target, "dilihat")[0].value = "1";
    pengamat.unobserve(target);
  }
});

pasangSimpan();
for (const baris of semua) {
  ruas(baris, "dilihat")[0].value = "";
  pengamat.observe(baris);
  baris.addEventListener("input", berubah);
  baris.addEventListener("change", berubah);
  baris.addEventListener("keydown", tekan);
  baris.addEventListener("tersimpan", ringkas);
  baris.addEventListener("bentrok", bentrok);
}
