// Toolbar of the text editor: one row of buttons, one tab stop, arrows move inside.
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  lift,
  redo,
  setBlockType,
  TextSelection,
  toggleMark,
  undo,
  wrapIn,
  wrapInList,
} from "../vendor/prosemirror-1.42.9/prosemirror.js";
import {skema} from "./naskah-skema.js";

const {nodes: n, marks: m} = skema;
const IKON = new URL("../vendor/lucide-1.62.0/", import.meta.url);

function punyaTanda(state, tipe) {
  const {from, to, empty, $from} = state.selection;
  return empty ? Boolean(tipe.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, tipe);
}

const diDalam = (state, tipe, atribut = {}) => {
  const {$from} = state.selection;
  for (let d = $from.depth; d > 0; d -= 1) {
    const node = $from.node(d);
    if (node.type === tipe && Object.entries(atribut).every(([k, v]) => node.attrs[k] === v)) return true;
  }
  return false;
};

const judul = (level) => (state, kirim) =>
  (diDalam(state, n.heading, {level}) ? setBlockType(n.paragraph) : setBlockType(n.heading, {level}))(state, kirim);
const bungkus = (tipe, perintah) => (state, kirim) => (diDalam(state, tipe) ? lift : perintah)(state, kirim);

function sisipTabel(state, kirim) {
  if (isInTable(state)) return false;
  const sel = (tipe) => tipe.createAndFill(tipe === n.table_header ? {scope: "col"} : null);
  const baris = (tipe) => n.table_row.create(null, [sel(tipe), sel(tipe), sel(tipe)]);
  const tabel = n.table.create(null, [baris(n.table_header), baris(n.table_cell), baris(n.table_cell)]);
  if (kirim) {
    const mulai = state.selection.from;
    const tr = state.tr.replaceSelectionWith(tabel);
    kirim(tr.setSelection(TextSelection.near(tr.doc.resolve(mulai + 1))).scrollIntoView());
  }
  return true;
}

const tanda = (nama, ikon, tipe) => ({nama, ikon, perintah: toggleMark(tipe), aktif: (s) => punyaTanda(s, tipe)});
const kotak = (nama, ikon, tipe, perintah) => ({nama, ikon, perintah: bungkus(tipe, perintah), aktif: (s) => diDalam(s, tipe)});
const diTabel = (teks, perintah) => ({nama: teks, teks, perintah, hanyaTabel: true});

const ALAT = [
  tanda("Tebal", "bold", m.strong),
  tanda("Miring", "italic", m.em),
  tanda("Subskrip", "subscript", m.sub),
  tanda("Superskrip", "superscript", m.sup),
  null,
  {nama: "Judul", ikon: "heading-3", perintah: judul(3), aktif: (s) => diDalam(s, n.heading, {level: 3})},
  {nama: "Judul kecil", ikon: "heading-4", perintah: judul(4), aktif: (s) => diDalam(s, n.heading, {level: 4})},
  kotak("Daftar", "list", n.bullet_list, wrapInList(n.bullet_list)),
  kotak("Daftar bernomor", "list-ordered", n.ordered_list, wrapInList(n.ordered_list)),
  kotak("Kutipan", "text-quote", n.blockquote, wrapIn(n.blockquote)),
  {nama: "Sisipkan tabel", ikon: "table", perintah: sisipTabel},
  null,
  {nama: "Urungkan", ikon: "undo-2", perintah: undo},
  {nama: "Ulangi", ikon: "redo-2", perintah: redo},
  diTabel("Tambah baris", addRowAfter),
  diTabel("Tambah kolom", addColumnAfter),
  diTabel("Hapus baris", deleteRow),
  diTabel("Hapus kolom", deleteColumn),
  diTabel("Hapus tabel", deleteTable),
];

function buatTombol(alat) {
  if (!alat) return Object.assign(document.createElement("span"), {className: "sela"});
  const tombol = Object.assign(document.createElement("button"), {type: "button", tabIndex: -1});
  if (alat.teks) {
    tombol.textContent = alat.teks;
  } else {
    tombol.append(Object.assign(document.createElement("img"), {src: new URL(`${alat.ikon}.svg`, IKON), alt: "", width: 20, height: 20}));
    tombol.setAttribute("aria-label", alat.nama);
    tombol.title = alat.nama;
  }
  return tombol;
}

function geser(e) {
  const arah = {ArrowRight: 1, ArrowLeft: -1}[e.key];
  if (!arah) return;
  e.preventDefault();
  const tampak = [...e.currentTarget.querySelectorAll("button:not([hidden], :disabled)")];
  const tujuan = tampak.at((tampak.indexOf(e.target) + arah) % tampak.length);
  e.target.tabIndex = -1;
  tujuan.tabIndex = 0;
  tujuan.focus();
}

/** Plugin view: keeps the buttons in step with the selection. */
export function pasangAlat(view, label) {
  const bilah = Object.assign(document.createElement("div"), {className: "penyunting__alat"});
  bilah.setAttribute("role", "toolbar");
  bilah.setAttribute("aria-label", `Alat teks ${label}`);
  const tombol = ALAT.map(buatTombol);
  bilah.append(...tombol);
  bilah.addEventListener("keydown", geser);
  // The selection of the text must survive a click on a button.
  bilah.addEventListener("mousedown", (e) => e.preventDefault());
  bilah.addEventListener("click", (e) => {
    const alat = ALAT[tombol.indexOf(e.target.closest("button"))];
    if (!alat) return;
    alat.perintah(view.state, view.dispatch, view);
    view.focus();
  });
  const segarkan = ({state}) => {
    ALAT.forEach((alat, i) => {
      if (!alat) return;
      if (alat.hanyaTabel) tombol[i].hidden = !isInTable(state);
      tombol[i].disabled = !alat.perintah(state);
      if (alat.aktif) tombol[i].setAttribute("aria-pressed", alat.aktif(state));
    });
    if (bilah.querySelector("button[tabindex='0']:not([hidden], :disabled)")) return;
    const pertama = bilah.querySelector("button:not([hidden], :disabled)");
    if (pertama) pertama.tabIndex = 0;
  };
  view.dom.before(bilah);
  segarkan(view);
  return {update: segarkan, destroy: () => bilah.remove()};
}
