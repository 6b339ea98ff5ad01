// Toolbar of the text editor: one for all editors of a page, one tab stop, arrows move inside. It acts on the text
// that was used last; a second row shows what can be done with the table, list or picture under the cursor.
import {
  addColumnAfter,
  addColumnBefore,
  addRowAfter,
  addRowBefore,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
  lift,
  liftListItem,
  mergeCells,
  redo,
  setBlockType,
  sinkListItem,
  splitCell,
  TextSelection,
  toggleMark,
  undo,
  wrapIn,
  wrapInList,
} from "../vendor/prosemirror-1.42.9/prosemirror.js";
import {bukaGambar, bukaTautan, dialogGambar, dialogTautan, gambarKini} from "./naskah-dialog.js";
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
  if (isInTable(state) || gambarKini(state)) return false;
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

/** The first row becomes the head of the table, which paper repeats; or plain again. */
function barisJudul(state, kirim) {
  const {$from} = state.selection;
  let d = $from.depth;
  while (d > 0 && $from.node(d).type !== n.table) d -= 1;
  if (!d) return false;
  const pertama = $from.node(d).firstChild;
  let semua = true;
  pertama.forEach((sel) => (semua &&= sel.type === n.table_header));
  const tr = state.tr;
  pertama.forEach((sel, geser) => {
    tr.setNodeMarkup($from.start(d) + 1 + geser, semua ? n.table_cell : n.table_header, {...sel.attrs, scope: semua ? null : "col"});
  });
  kirim?.(tr);
  return true;
}

const dialog = (buka, boleh = () => true) => (state, kirim, view) => {
  if (!boleh(state)) return false;
  if (kirim) buka(view);
  return true;
};

function hapusGambar(state, kirim) {
  const gambar = gambarKini(state);
  if (gambar && kirim) kirim(state.tr.delete(gambar.posisi, gambar.posisi + gambar.node.nodeSize).scrollIntoView());
  return Boolean(gambar);
}

const adaGambar = (state) => Boolean(gambarKini(state));
const bisaUnggah = (view) => Boolean(dialogGambar && view.dom.closest("[data-unggah-gambar]"));
const diDaftar = (state) => diDalam(state, n.list_item);

const tanda = (nama, ikon, tipe) => ({nama, ikon, perintah: toggleMark(tipe), aktif: (s) => punyaTanda(s, tipe)});
const kotak = (nama, ikon, tipe, perintah) => ({nama, ikon, perintah: bungkus(tipe, perintah), aktif: (s) => diDalam(s, tipe)});
const untuk = (tampak) => (teks, perintah) => ({nama: teks, teks, perintah, tampak});
const [diTabel, padaDaftar, padaGambar] = [isInTable, diDaftar, adaGambar].map(untuk);

const ALAT = [
  tanda("Tebal", "bold", m.strong),
  tanda("Miring", "italic", m.em),
  tanda("Garis bawah", "underline", m.u),
  tanda("Subskrip", "subscript", m.sub),
  tanda("Superskrip", "superscript", m.sup),
  null,
  {nama: "Judul", ikon: "heading-3", perintah: judul(3), aktif: (s) => diDalam(s, n.heading, {level: 3})},
  {nama: "Judul kecil", ikon: "heading-4", perintah: judul(4), aktif: (s) => diDalam(s, n.heading, {level: 4})},
  kotak("Daftar", "list", n.bullet_list, wrapInList(n.bullet_list)),
  kotak("Daftar bernomor", "list-ordered", n.ordered_list, wrapInList(n.ordered_list)),
  kotak("Kutipan", "text-quote", n.blockquote, wrapIn(n.blockquote)),
  null,
  {nama: "Sisipkan tabel", ikon: "table", perintah: sisipTabel},
  {nama: "Tautan", ikon: "link", perintah: dialog(bukaTautan), aktif: (s) => punyaTanda(s, m.link), ada: () => Boolean(dialogTautan)},
  {nama: "Sisipkan gambar", ikon: "image-plus", perintah: dialog(bukaGambar, (s) => !adaGambar(s)), ada: bisaUnggah},
  null,
  {nama: "Urungkan", ikon: "undo-2", perintah: undo},
  {nama: "Ulangi", ikon: "redo-2", perintah: redo},
];

const ALAT_KONTEKS = [
  padaDaftar("Masukkan butir", sinkListItem(n.list_item)),
  padaDaftar("Keluarkan butir", liftListItem(n.list_item)),
  padaGambar("Ubah uraian gambar", dialog(bukaGambar, adaGambar)),
  padaGambar("Hapus gambar", hapusGambar),
  diTabel("Baris di atas", addRowBefore),
  diTabel("Baris di bawah", addRowAfter),
  diTabel("Kolom di kiri", addColumnBefore),
  diTabel("Kolom di kanan", addColumnAfter),
  diTabel("Baris judul", barisJudul),
  diTabel("Gabung sel", mergeCells),
  diTabel("Pisah sel", splitCell),
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

const bisaDipilih = (bilah) => [...bilah.querySelectorAll("button:not(:disabled)")].filter((b) => b.checkVisibility());

function pindah(bilah, tujuan) {
  for (const b of bilah.querySelectorAll("[tabindex='0']")) b.tabIndex = -1;
  if (tujuan) tujuan.tabIndex = 0;
}

function geser(e, bilah, kini) {
  if (e.key === "Escape") return kini().focus();
  const tampak = bisaDipilih(bilah);
  const tujuan = {
    ArrowRight: tampak[(tampak.indexOf(e.target) + 1) % tampak.length],
    ArrowLeft: tampak.at((tampak.indexOf(e.target) - 1) % tampak.length),
    Home: tampak[0],
    End: tampak.at(-1),
  }[e.key];
  if (!tujuan) return;
  e.preventDefault();
  pindah(bilah, tujuan);
  tujuan.focus();
}

/** The toolbar of a page: {pakai(view, label), segarkan(view)}. `tempat` takes it as its first child. */
export function pasangAlat(tempat) {
  const bilah = Object.assign(document.createElement("div"), {className: "penyunting__alat"});
  bilah.setAttribute("role", "toolbar");
  const [utama, konteks] = [ALAT, ALAT_KONTEKS].map((daftar) => {
    const baris = Object.assign(document.createElement("div"), {className: "penyunting__baris"});
    baris.append(...daftar.map(buatTombol));
    return baris;
  });
  bilah.append(utama, konteks);
  const daftar = [...ALAT, ...ALAT_KONTEKS];
  const tombol = [...utama.children, ...konteks.children];
  let kini = null;

  bilah.addEventListener("keydown", (e) => geser(e, bilah, () => kini));
  // The selection of the text must survive a click on a button.
  bilah.addEventListener("mousedown", (e) => e.preventDefault());
  bilah.addEventListener("click", (e) => {
    const alat = daftar[tombol.indexOf(e.target.closest("button"))];
    if (!alat || !kini) return;
    alat.perintah(kini.state, kini.dispatch, kini);
    if (!document.querySelector("dialog[open]")) kini.focus();
  });

  const segarkan = (view) => {
    if (view !== kini) return;
    const {state} = view;
    daftar.forEach((alat, i) => {
      if (!alat) return;
      tombol[i].hidden = Boolean((alat.tampak && !alat.tampak(state)) || (alat.ada && !alat.ada(view)));
      tombol[i].disabled = !alat.perintah(state);
      if (alat.aktif) tombol[i].setAttribute("aria-pressed", alat.aktif(state));
    });
    konteks.hidden = ![...konteks.children].some((b) => !b.hidden);
    const tampak = bisaDipilih(bilah);
    if (!tampak.some((b) => b.tabIndex === 0)) pindah(bilah, tampak[0]);
  };
  tempat.prepend(bilah);
  return {
    segarkan,
    pakai(view, label) {
      kini = view;
      bilah.setAttribute("aria-label", `Alat teks ${label}`);
      segarkan(view);
    },
    fokus: () => bilah.querySelector("[tabindex='0']")?.focus(),
  };
}
