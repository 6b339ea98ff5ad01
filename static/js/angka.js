// Figures as Indonesian offices write them, the same forms as sakip/common/angka.py. Only to show at once what
// the server will reckon; the server stays the judge.
const POLA = [
  [/^([+-]?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/, /\./g],
  [/^([+-]?[1-9]\d{0,2}(?:,\d{3})+)\.(\d+)$/, /,/g],
  [/^([+-]?[1-9]\d{0,2}(?:,\d{3}){2,})$/, /,/g],
  [/^([+-]?[1-9]\d{0,2}(?: \d{3})+)(?:[.,](\d+))?$/, / /g],
  [/^([+-]?\d+)(?:[.,](\d+))?$/, /(?!)/g],
];

/** null when empty, NaN when it is not one figure. */
export function bacaAngka(teks) {
  const rapi = String(teks).replace(/[−–]/g, "-").replace(/\s+/g, " ").trim().replace(/ ?%$/, "").replace(/^([+-]) /, "$1");
  if (rapi === "") return null;
  for (const [pola, pemisah] of POLA) {
    const cocok = pola.exec(rapi);
    if (cocok) return Number(`${cocok[1].replace(pemisah, "")}.${cocok[2] ?? 0}`);
  }
  return NaN;
}

/** "1.234,5" */
/** Every digit, no trailing zeros, as in a field. */
export const tulisPolos = (nilai) => nilai.toLocaleString("id-ID", {maximumFractionDigits: 6});

export const tulisAngka = (nilai, desimal) =>
  nilai.toLocaleString("id-ID", {minimumFractionDigits: desimal, maximumFractionDigits: desimal});
