// The engine's own reckoning (kinerja/rules/capaian.py, komposit.py) for a figure that is being typed. Exact
// fractions of whole numbers, never floating point, so that what is shown is what the server will store and print;
// tests/e2e/test_persen.py holds the two against each other.
const mutlak = (n) => (n < 0n ? -n : n);
const SERATUS = {a: 100n, b: 1n};
const NOL = {a: 0n, b: 1n};

/** "12.5" as a fraction; "" is null. */
export function pecahan(teks) {
  if (teks === "" || teks === null || teks === undefined) return null;
  const [, tanda, bulat, desimal = ""] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(teks);
  const a = BigInt(bulat + desimal);
  return {a: tanda === "-" ? -a : a, b: 10n ** BigInt(desimal.length)};
}

const tambah = (x, y) => ({a: x.a * y.b + y.a * x.b, b: x.b * y.b});
const kurang = (x, y) => tambah(x, {a: -y.a, b: y.b});
const kali = (x, y) => ({a: x.a * y.a, b: x.b * y.b});
const bagi = (x, y) => (y.a < 0n ? {a: -x.a * y.b, b: x.b * -y.a} : {a: x.a * y.b, b: x.b * y.a});
const jumlah = (isi) => isi.reduce(tambah, NOL);
/** Below zero, zero or above, as x is less than y, equal or more. */
export const banding = (x, y) => Number(x.a * y.b > y.a * x.b) - Number(x.a * y.b < y.a * x.b);
const jarak = (x, y) => {
  const d = kurang(x, y);
  return {a: mutlak(d.a), b: d.b};
};

/** Half up, away from zero, to so many decimals. */
export function bulatkan({a, b}, desimal) {
  const skala = 10n ** BigInt(desimal);
  const n = (2n * mutlak(a) * skala + b) / (2n * b);
  return {a: a < 0n ? -n : n, b: skala};
}

/** "1.234,50"; without `pas` no trailing zeros. */
export function tulis(nilai, desimal, pas = true) {
  const {a} = bulatkan(nilai, desimal);
  const angka = mutlak(a).toString().padStart(desimal + 1, "0");
  const bulat = angka.slice(0, angka.length - desimal).replace(/\B(?=(\d{3})+$)/g, ".");
  const ekor = pas ? angka.slice(angka.length - desimal) : angka.slice(angka.length - desimal).replace(/0+$/, "");
  return `${a < 0n ? "-" : ""}${bulat}${desimal && ekor ? `,${ekor}` : ""}`;
}

const RUMUS = {
  per_target: (t, r) => bagi(r, t),
  cermin: (t, r) => bagi(kurang(tambah(t, t), r), t),
  kebalikan: (t, r) => bagi(t, r),
  stabil: (t, r) => bagi(kurang(t, jarak(t, r)), t),
};
const NAIK = new Set(["per_target"]);
const TURUN = new Set(["cermin", "kebalikan"]);

function jepit(p, {lantai, batas}) {
  if (lantai && banding(p, lantai) < 0) return lantai;
  return batas && banding(p, batas) > 0 ? batas : p;
}

function targetNol(r, setelan) {
  if (NAIK.has(setelan.rumus)) return null;
  return jepit(TURUN.has(setelan.rumus) && r.a <= 0n ? SERATUS : NOL, setelan);
}

function hitung(t, r, setelan) {
  const {rumus, batas, toleransi} = setelan;
  if (rumus === "stabil" && banding(jarak(t, r), toleransi ?? NOL) <= 0) return SERATUS;
  if (t.a < 0n) return null;
  if (t.a === 0n) return targetNol(r, setelan);
  if (rumus === "kebalikan" && r.a <= 0n) return batas;
  return jepit(kali(RUMUS[rumus](t, r), SERATUS), setelan);
}

/**
 * Percentage reached, null where there is none. target, atas, batas, lantai, toleransi: fractions or null, rumus: key
 * of the formula, as the form was opened with; r: the figure.
 */
export function persen(setelan, r) {
  const {target, atas, rumus} = setelan;
  if (!target || !r || !(rumus in RUMUS)) return null;
  if (!atas) return hitung(target, r, setelan);
  if (banding(r, target) >= 0 && banding(r, atas) <= 0) return SERATUS;
  return hitung(banding(r, atas) > 0 ? atas : target, r, setelan);
}

/** Realisasi of its parts [{peran, bobot, nilai}], rounded to what is stored; null where it has no value. */
export function susun(cara, pengali, bagian) {
  const nilai = bagian.map((k) => k.nilai);
  if (!nilai.length || nilai.includes(null)) return null;
  if (cara === "jumlah") return bulatkan(jumlah(nilai), 6);
  const atas =
    cara === "tertimbang"
      ? jumlah(bagian.map((k) => kali(k.nilai, k.bobot)))
      : kali(jumlah(bagian.filter((k) => k.peran === "pembilang").map((k) => k.nilai)), pengali);
  const bawah = jumlah(bagian.filter((k) => cara === "tertimbang" || k.peran === "penyebut").map((k) => (cara === "tertimbang" ? k.bobot : k.nilai)));
  return bawah.a === 0n ? null : bulatkan(bagi(atas, bawah), 6);
}
