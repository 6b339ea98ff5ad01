// Figures as Indonesian offices write them, the same forms as sakip/common/angka.py. Only to show at once what
// the server will reckon; the server stays the judge.
const POLA = [
  [/^([+-]?[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d+))?$/, /\./g],
  [/^([+-]?[1-9]\d{0,2}(?:,\d{3})+)\.(\d+)$/, /,/g],
  [/^([+-]?[1-9]\d{0,2}(?:,\d{3}){2,})$/, /,/g],
  [/^([+-]?[1-9]\d{0,2}(?: \d{3})+)(?:[.,](\d+))?$/, / /g],
  [/^([+-]?\d+)(?:[.,](\d+))?$/, /(?!)/g],
];
const MAKS_BULAT = 14;
const MAKS_DESIMAL = 6;

/** The figure as a plain decimal ("1234.5"); null when empty, undefined when it is not one figure. */
export function bacaPolos(teks) {
  const rapi = String(teks).replace(/[−–]/g, "-").replace(/\s+/g, " ").trim().replace(/ ?%$/, "").replace(/^([+-]) /, "$1");
  if (rapi === "") return null;
  for (const [pola, pemisah] of POLA) {
    const cocok = pola.exec(rapi);
    if (!cocok) continue;
    const bulat = cocok[1].replace(pemisah, "");
    const desimal = (cocok[2] ?? "").replace(/0+$/, "");
    const terlaluPanjang = bulat.replace(/^[+-]?0*/, "").length > MAKS_BULAT || desimal.length > MAKS_DESIMAL;
    return terlaluPanjang ? undefined : `${bulat}${desimal && `.${desimal}`}`;
  }
  return undefined;
}
