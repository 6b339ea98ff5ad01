// Mounts the editor over <textarea data-naskah>. The textarea stays the form field: without script it is edited
// as it is, with script it always holds the HTML of what is seen.
import {
  baseKeymap,
  chainCommands,
  DOMParser,
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
  sinkListItem,
  splitListItem,
  tableEditing,
  toggleMark,
  undo,
  wrappingInputRule,
} from "../vendor/prosemirror-1.42.9/prosemirror.js";
import {pasangAlat} from "./naskah-alat.js";
import {skema} from "./naskah-skema.js";
import {pasangSimpan} from "./simpan-otomatis.js";

const {nodes: n, marks: m} = skema;

function baca(html) {
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

/** HTML of the text. Empty lines at its end are not part of it; an empty header cell heads nothing. */
function tulis(doc) {
  const wadah = document.createElement("div");
  wadah.append(DOMSerializer.fromSchema(skema).serializeFragment(doc.content));
  for (const th of wadah.querySelectorAll("th")) {
    if (!th.textContent.trim()) th.replaceWith(salinSel(th));
  }
  while (wadah.lastChild?.nodeName === "P" && !wadah.lastChild.hasChildNodes()) wadah.lastChild.remove();
  return wadah.innerHTML;
}

// Word and the like paste styles and handlers. The policy forbids them even while reading, so they go first;
// the style stays readable as data, because some programs use <b> for text that is not bold.
const tanpaGaya = (html) =>
  html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "")
    .replace(/\sstyle\s*=/gi, " data-gaya=");

const baris = (state, kirim) => {
  kirim?.(state.tr.replaceSelectionWith(n.hard_break.create()).scrollIntoView());
  return true;
};

const TOMBOL = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Shift-Mod-z": redo,
  "Mod-b": toggleMark(m.strong),
  "Mod-i": toggleMark(m.em),
  "Mod-u": toggleMark(m.u),
  "Shift-Enter": chainCommands(exitCode, baris),
  Enter: splitListItem(n.list_item),
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

/** No two blocks share a data-blok (splitting copies it), and a table is never the last thing. */
const rapikan = new Plugin({
  appendTransaction(daftar, _lama, state) {
    if (!daftar.some((t) => t.docChanged)) return null;
    const {tr} = state;
    const dipakai = new Set();
    state.doc.descendants((node, posisi) => {
      const blok = node.attrs.blok;
      if (blok && dipakai.has(blok)) tr.setNodeAttribute(posisi, "blok", null);
      dipakai.add(blok);
    });
    if (state.doc.lastChild.type === n.table) tr.insert(state.doc.content.size, n.paragraph.create());
    return tr.docChanged ? tr : null;
  },
});

function keadaan(html, label) {
  return EditorState.create({
    doc: baca(html),
    plugins: [
      ATURAN,
      keymap(TOMBOL),
      keymap(baseKeymap),
      history(),
      tableEditing(),
      rapikan,
      new Plugin({view: (view) => pasangAlat(view, label)}),
    ],
  });
}

function pasang(ruas) {
  const label = ruas.labels[0]?.textContent.trim() ?? ruas.name;
  const wadah = Object.assign(document.createElement("div"), {className: "penyunting"});
  ruas.before(wadah);
  let sendiri = false;
  const view = new EditorView(wadah, {
    state: keadaan(ruas.value, label),
    attributes: {
      class: "kertas",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": label,
      ...(ruas.hasAttribute("aria-describedby") && {"aria-describedby": ruas.getAttribute("aria-describedby")}),
      spellcheck: "true",
      lang: "id",
    },
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      if (!tr.docChanged) return;
      ruas.value = tulis(view.state.doc);
      sendiri = true;
      ruas.dispatchEvent(new Event("input", {bubbles: true}));
      sendiri = false;
    },
    transformPastedHTML: tanpaGaya,
    handleDOMEvents: {
      blur: () => {
        ruas.dispatchEvent(new Event("change", {bubbles: true}));
      },
    },
  });
  ruas.hidden = true;
  ruas.addEventListener("input", () => !sendiri && view.updateState(keadaan(ruas.value, label)));
  ruas.labels[0]?.addEventListener("click", () => view.focus());
}

pasangSimpan();
document.querySelectorAll("textarea[data-naskah]").forEach(pasang);
