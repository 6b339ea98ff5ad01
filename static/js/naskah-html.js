// Between the text as HTML, as the form field holds it, and the editor's document.
import {DOMParser, DOMSerializer} from "../vendor/prosemirror-1.42.9/prosemirror.js";
import {skema} from "./naskah-skema.js";

export function baca(html) {
  const isi = new globalThis.DOMParser().parseFromString(html, "text/html").body;
  return DOMParser.fromSchema(skema).parse(isi);
}

function salinSel(th) {
  const td = document.createElement("td");
  for (const nama of ["colspan", "rowspan"]) {
    if (th.hasAttribute(nama)) td.setAttribute(nama, th.getAttribute(nama));
  }
  td.append(...th.childNodes);
  return td;
}

/** Rows of header cells at the top are the head, which paper repeats; an empty header cell heads nothing. */
function susunKepala(tabel) {
  const kepala = [];
  for (const baris of tabel.rows) {
    if (![...baris.cells].every((sel) => sel.matches("th")) || !baris.textContent.trim()) break;
    kepala.push(baris);
  }
  const menyambung = kepala.some((baris, i) => [...baris.cells].some((sel) => sel.rowSpan > kepala.length - i));
  if (kepala.length && kepala.length < tabel.rows.length && !menyambung) {
    const thead = document.createElement("thead");
    thead.append(...kepala);
    tabel.prepend(thead);
    for (const th of thead.querySelectorAll("th:not([scope])")) th.setAttribute("scope", "col");
  }
  for (const th of tabel.querySelectorAll("th")) {
    if (!th.textContent.trim()) th.replaceWith(salinSel(th));
  }
}

/** HTML of the text. Empty lines at its end are not part of it. */
export function tulis(doc) {
  const wadah = document.createElement("div");
  wadah.append(DOMSerializer.fromSchema(skema).serializeFragment(doc.content));
  wadah.querySelectorAll("table").forEach(susunKepala);
  while (wadah.lastChild?.nodeName === "P" && !wadah.lastChild.hasChildNodes()) wadah.lastChild.remove();
  return wadah.innerHTML;
}

/** The same text written the same way, without the codes of its blocks: what two texts are compared by. */
export const samakan = (html) => tulis(baca(html)).replace(/ data-blok="[^"]*"/g, "");
