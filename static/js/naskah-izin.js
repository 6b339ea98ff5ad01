// What a text may contain. The same list stands in sakip/common/teks_kaya.py, which judges every save;
// tests/common/test_teks_kaya.py compares the two, so this object is written as JSON.
export const IZIN = {
  "tag": [
    "a", "blockquote", "br", "em", "figcaption", "figure", "h3", "h4", "img", "li", "ol", "p", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "u", "ul"
  ],
  "atribut": {
    "*": ["data-blok"],
    "a": ["href"],
    "img": ["alt", "src"],
    "ol": ["start"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"]
  },
  "rentang": 50,
  "tautan": 1000,
  "karakter": 400000
};

const GAMBAR = /^\/laporan\/gambar\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/$/;
const NAMA_UMUM = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i;
const NAMA_DALAM = /\.(internal|local|localhost|localdomain)$/i;

/** Whether a link may stand in a report: https, to a public name. */
export function tautanSah(alamat) {
  // Before URL() tidies it: what it would repair, the server refuses.
  if (!alamat || alamat.length > IZIN.tautan || /[\s\x00-\x1f\x7f\\"<>]/.test(alamat)) return false;
  if (!/^https:\/\/[^/?#@]+(?:[/?#]|$)/i.test(alamat) || !URL.canParse(alamat)) return false;
  const asli = alamat.slice(8).split(/[/?#]/)[0].replace(/:\d*$/, "");
  return NAMA_UMUM.test(asli) && !NAMA_DALAM.test(asli);
}

/** Path of a stored picture as the text names it, or "" for any other address. */
export function gambarSah(alamat) {
  if (!alamat || !URL.canParse(alamat, location.href)) return "";
  const {origin, pathname} = new URL(alamat, location.href);
  return origin === location.origin && GAMBAR.test(pathname) ? pathname : "";
}
