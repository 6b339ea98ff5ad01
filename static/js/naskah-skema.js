// What a text may contain: the same list as sakip/common/teks_kaya.py, which judges every save.
// p h3 h4 strong em u sub sup ul ol li blockquote table tr th td br, with colspan rowspan scope start data-blok.
import {Schema, tableNodes} from "../vendor/prosemirror-1.42.9/prosemirror.js";

/** A node whose element may carry data-blok, the handle that notes hang on. */
function blok(tag, spek, atribut = {}) {
  const tulis = (node) => ({...(node.attrs.blok && {"data-blok": node.attrs.blok})});
  return {
    ...spek,
    attrs: {blok: {default: null}, ...spek.attrs},
    parseDOM: (spek.parseDOM ?? [{tag}]).map((aturan) => ({
      ...aturan,
      getAttrs: (dom) => ({...aturan.attrs, ...atribut.baca?.(dom), blok: dom.getAttribute("data-blok")}),
    })),
    toDOM: (node) => [atribut.tag?.(node) ?? tag, {...tulis(node), ...atribut.tulis?.(node)}, 0],
  };
}

const bukan = (dom, pola) => (pola.test(dom.dataset.gaya) ? false : null);
const tanda = (tag, parseDOM = [{tag}]) => ({parseDOM, toDOM: () => [tag, 0]});

const tabel = tableNodes({
  tableGroup: "block",
  cellContent: "block+",
  cellAttributes: {
    scope: {
      default: null,
      getFromDOM: (dom) => dom.getAttribute("scope"),
      setDOMAttr: (nilai, atribut) => nilai && (atribut.scope = nilai),
    },
  },
});

export const skema = new Schema({
  nodes: {
    doc: {content: "block+"},
    paragraph: blok("p", {content: "inline*", group: "block"}),
    heading: blok(
      "h3",
      {
        content: "inline*",
        group: "block",
        defining: true,
        attrs: {level: {default: 3}},
        // Headings from Word start at 1; here the chapter itself is the second level.
        parseDOM: [
          ...["h1", "h2", "h3"].map((tag) => ({tag, attrs: {level: 3}})),
          ...["h4", "h5", "h6"].map((tag) => ({tag, attrs: {level: 4}})),
        ],
      },
      {tag: (node) => `h${node.attrs.level}`},
    ),
    blockquote: blok("blockquote", {content: "block+", group: "block", defining: true}),
    bullet_list: blok("ul", {content: "list_item+", group: "block"}),
    ordered_list: blok(
      "ol",
      {content: "list_item+", group: "block", attrs: {order: {default: 1}}},
      {
        baca: (dom) => ({order: Number(dom.getAttribute("start")) || 1}),
        tulis: (node) => (node.attrs.order === 1 ? {} : {start: node.attrs.order}),
      },
    ),
    list_item: blok("li", {content: "paragraph block*", defining: true}),
    ...tabel,
    text: {group: "inline"},
    hard_break: {inline: true, group: "inline", selectable: false, parseDOM: [{tag: "br"}], toDOM: () => ["br"]},
  },
  marks: {
    // Google Docs wraps everything in <b style="font-weight:normal">; see tanpaGaya in naskah.js.
    strong: tanda("strong", [{tag: "strong"}, {tag: "b", getAttrs: (dom) => bukan(dom, /font-weight:\s*normal/)}]),
    em: tanda("em", [{tag: "em"}, {tag: "i", getAttrs: (dom) => bukan(dom, /font-style:\s*normal/)}]),
    u: tanda("u"),
    sub: {...tanda("sub"), excludes: "sup"},
    sup: {...tanda("sup"), excludes: "sub"},
  },
});
