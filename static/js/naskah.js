// Mounts the editor over <textarea data-naskah>. The textarea stays the form field: without script it is edited
// as it is, with script it always holds the HTML of what is seen.
import {
  baseKeymap,
  chainCommands,
  DOMSerializer,
  EditorState,
  EditorView,
  exitCode,
  goToNextCell,
  history,
  inputRules,
  keymap,
  liftListItem,
  Plugin,
  redo,
  Selection,
  sinkListItem,
  splitListItem,
  tableEditing,
  toggleMark,
  undo,
  wrappingInputRule,
} from "../vendor/prosemirror-1.42.9/prosemirror.js";
import {pasangAlat} from "./naskah-alat.js";
import {pasangCadangan, periksaCadangan} from "./naskah-cadangan.js";
import {bukaTautan, dialogTautan, gambarKini, tawarkanGambar} from "./naskah-dialog.js";
import {pasangGiliran} from "./naskah-giliran.js";
import {baca, tulis} from "./naskah-html.js";
import {IZIN} from "./naskah-izin.js";
import {skema} from "./naskah-skema.js";
import {siapkanTempelan} from "./naskah-tempel.js";
import {pasangSimpan} from "./simpan-otomatis.js";

const {nodes: n, marks: m} = skema;

const baris = (state, kirim) => {
  kirim?.(state.tr.replaceSelectionWith(n.hard_break.create()).scrollIntoView());
  return true;
};

/** A caption is one line: Enter leaves it, for a new paragraph below the picture. */
function keluarGambar(state, kirim) {
  const gambar = gambarKini(state);
  if (!gambar) return false;
  const posisi = gambar.posisi + gambar.node.nodeSize;
  const tr = state.tr.insert(posisi, n.paragraph.create());
  kirim?.(tr.setSelection(Selection.near(tr.doc.resolve(posisi + 1))).scrollIntoView());
  return true;
}

const tautan = (_state, kirim, view) => {
  if (dialogTautan && kirim) bukaTautan(view);
  return Boolean(dialogTautan);
};

const TOMBOL = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  "Mod-b": toggleMark(m.strong),
  "Mod-i": toggleMark(m.em),
  "Mod-u": toggleMark(m.u),
  "Mod-k": tautan,
  "Shift-Enter": chainCommands(exitCode, baris),
  Enter: chainCommands(keluarGambar, splitListItem(n.list_item)),
  // Tab belongs to lists and tables only; elsewhere it leaves the editor, as keyboards expect.
  Tab: chainCommands(goToNextCell(1), sinkListItem(n.list_item)),
  "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(n.list_item)),
};

const ATURAN = inputRules({
  rules: [
    wrappingInputRule(/^\s*[-*]\s$/, n.bullet_list),
    wrappingInputRule(/^(\d+)[.)]\s$/, n.ordered_list, (cocok) => ({order: Number(cocok[1])})),
  ],
});

const kodeBaru = () => Array.from(crypto.getRandomValues(new Uint8Array(4)), (b) => b.toString(16).padStart(2, "0")).join("");

/** Each block of the text has a code of its own (splitting copies it), and the text ends in a paragraph. */
const rapikan = new Plugin({
  appendTransaction(daftar, _lama, state) {
    if (!daftar.some((t) => t.docChanged)) return null;
    const {tr} = state;
    const dipakai = new Set();
    state.doc.descendants((node, posisi, induk) => {
      const {blok} = node.attrs;
      if (blok === undefined) return;
      if (induk !== state.doc) {
        if (blok) tr.setNodeAttribute(posisi, "blok", null);
        return;
      }
      const kode = blok && !dipakai.has(blok) ? blok : kodeBaru();
      if (kode !== blok) tr.setNodeAttribute(posisi, "blok", kode);
      dipakai.add(kode);
    });
    if ([n.table, n.figure].includes(state.doc.lastChild.type)) tr.insert(state.doc.content.size, n.paragraph.create());
    return tr.docChanged ? tr : null;
  },
});

/** What happened to a paste, below the text; empty takes the line away. */
export function kabarkan(wadah, kata) {
  let tempat = wadah.querySelector(".penyunting__kabar");
  if (!tempat) {
    tempat = Object.assign(document.createElement("p"), {className: "penyunting__kabar meta"});
    tempat.setAttribute("role", "status");
    wadah.append(tempat);
  }
  tempat.textContent = kata;
}

function ceritakan({hilang, tautan: lepas}, panjang) {
  const kata = [];
  if (hilang) kata.push(`${hilang} gambar tidak ikut tertempel. Sisipkan dari berkasnya.`);
  if (lepas) kata.push(`${lepas} tautan dilepas karena bukan alamat https; teksnya tetap ada.`);
  if (panjang > IZIN.karakter) {
    kata.push(`Teks ini terlalu panjang untuk satu bagian (${panjang.toLocaleString("id-ID")} dari ${IZIN.karakter.toLocaleString("id-ID")} huruf). Hapus sebagian atau jadikan lampiran.`);
  }
  return kata.join(" ");
}

/** Pictures from the clipboard or dropped from a folder; Office adds one beside its HTML, which is not meant. */
function terimaBerkas(view, data) {
  const gambar = [...(data?.files ?? [])].filter((b) => b.type.startsWith("image/"));
  if (!gambar.length || data.getData("text/plain").trim()) return false;
  const html = data.getData("text/html");
  if (html && !/<img\b/i.test(html)) return false;
  tawarkanGambar(view, gambar);
  return true;
}

function keadaan(html) {
  return EditorState.create({
    doc: baca(html),
    plugins: [ATURAN, keymap(TOMBOL), keymap(baseKeymap), history(), tableEditing(), rapikan],
  });
}

const alatHalaman = new WeakMap();

/** One toolbar for the editors inside [data-alat-bersama], else one for each. */
function alatUntuk(wadah) {
  const tempat = wadah.closest("[data-alat-bersama]") ?? wadah;
  if (!alatHalaman.has(tempat)) alatHalaman.set(tempat, pasangAlat(tempat));
  return alatHalaman.get(tempat);
}

function atributView(ruas, label) {
  return {
    class: "kertas",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": label,
    ...(ruas.hasAttribute("aria-describedby") && {"aria-describedby": ruas.getAttribute("aria-describedby")}),
    spellcheck: "true",
    lang: "id",
  };
}

/** Text that came in by paste, and what is said about it once it stands. */
function tempelan(wadah, ambilView) {
  return (html) => {
    const hasil = siapkanTempelan(html);
    setTimeout(() => {
      const view = ambilView();
      kabarkan(wadah, ceritakan(hasil, tulis(view.state.doc).length));
      tawarkanGambar(view, hasil.berkas);
    });
    return hasil.html;
  };
}

function pasang(ruas) {
  const label = ruas.labels[0]?.textContent.trim() ?? ruas.name;
  const wadah = Object.assign(document.createElement("div"), {className: "penyunting"});
  ruas.before(wadah);
  const alat = alatUntuk(wadah);
  let sendiri = false;
  const view = new EditorView(wadah, {
    state: keadaan(ruas.value),
    attributes: atributView(ruas, label),
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      alat.segarkan(view);
      if (!tr.docChanged) return;
      ruas.value = tulis(view.state.doc);
      sendiri = true;
      ruas.dispatchEvent(new Event("input", {bubbles: true}));
      sendiri = false;
    },
    transformPastedHTML: tempelan(wadah, () => view),
    // What is copied from here is what is stored, not how the editor draws it.
    clipboardSerializer: DOMSerializer.fromSchema(skema),
    handlePaste: (v, e) => terimaBerkas(v, e.clipboardData),
    handleDrop: (v, e, _slice, pindah) => !pindah && terimaBerkas(v, e.dataTransfer),
    handleKeyDown: (_v, e) => e.altKey && e.key === "F10" && (alat.fokus(), true),
    handleDOMEvents: {
      focus: () => alat.pakai(view, label),
      blur: () => {
        ruas.dispatchEvent(new Event("change", {bubbles: true}));
      },
    },
  });
  ruas.hidden = true;
  ruas.addEventListener("input", () => !sendiri && view.updateState(keadaan(ruas.value)));
  ruas.labels[0]?.addEventListener("click", () => view.focus());
  periksaCadangan(ruas);
  return {view, label, alat};
}

/** A long report has over a hundred parts: what is seen first comes first, the rest while nothing else happens. */
function pasangSemua() {
  const sisa = [...document.querySelectorAll("textarea[data-naskah]")];
  const nanti = globalThis.requestIdleCallback ?? ((kerja) => setTimeout(() => kerja({timeRemaining: () => 8})));
  const pertama = sisa.splice(0, 6).map(pasang)[0];
  pertama?.alat.pakai(pertama.view, pertama.label);
  const lanjut = (waktu) => {
    do pasang(sisa.shift());
    while (sisa.length && waktu.timeRemaining() > 5);
    if (sisa.length) nanti(lanjut);
  };
  if (sisa.length) nanti(lanjut);
}

pasangSimpan();
pasangCadangan();
pasangGiliran();
pasangSemua();
