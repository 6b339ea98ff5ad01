// The editor's schema: everything naskah-izin.js allows, nothing else.
import {Schema, tableNodes} from "../vendor/prosemirror-1.42.9/prosemirror.js";
import {gambarSah, IZIN, tautanSah} from "./naskah-izin.js";

const kode = (node) => (node.attrs.blok ? {"data-blok": node.attrs.blok} : {});

/** A node whose element may carry data-blok, the handle that notes hang on. */
function blok(tag, spek, atribut = {}) {
  return {
    ...spek,
    attrs: {blok: {default: null}, ...spek.attrs},
    parseDOM: (spek.parseDOM ?? [{tag}]).map((aturan) => ({
      ...aturan,
      getAttrs: (dom) => ({...aturan.attrs, ...atribut.baca?.(dom), blok: dom.getAttribute("data-blok")}),
    })),
    toDOM: (node) => [atribut.tag?.(node) ?? tag, {...atribut.tulis?.(node), ...kode(node)}, 0],
  };
}

function bacaGambar(dom) {
  const img = dom.matches("img") ? dom : dom.querySelector("img");
  const src = gambarSah(img?.getAttribute("src"));
  return src ? {src, alt: img.getAttribute("alt") ?? "", blok: dom.getAttribute("data-blok")} : false;
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
        tulis: (node) => (node.attrs.order > 1 && node.attrs.order <= IZIN.rentang ? {start: node.attrs.order} : {}),
      },
    ),
    list_item: {content: "paragraph block*", defining: true, parseDOM: [{tag: "li"}], toDOM: () => ["li", 0]},
    // A stored picture and its caption; a bare picture gets an empty one.
    figure: {
      content: "inline*",
      group: "block",
      defining: true,
      isolating: true,
      attrs: {blok: {default: null}, src: {}, alt: {default: ""}},
      parseDOM: [
        {tag: "figure", getAttrs: bacaGambar, contentElement: (dom) => dom.querySelector("figcaption") ?? document.createElement("p")},
        {tag: "img", getAttrs: bacaGambar},
      ],
      toDOM: (node) => [
        "figure",
        kode(node),
        ["img", {src: node.attrs.src, alt: node.attrs.alt}],
        ["figcaption", 0],
      ],
    },
    ...tabel,
    table: {
      ...tabel.table,
      attrs: {blok: {default: null}},
      parseDOM: [{tag: "table", getAttrs: (dom) => ({blok: dom.getAttribute("data-blok")})}],
      toDOM: (node) => ["table", kode(node), ["tbody", 0]],
    },
    text: {group: "inline"},
    hard_break: {inline: true, group: "inline", selectable: false, parseDOM: [{tag: "br"}], toDOM: () => ["br"]},
  },
  marks: {
    link: {
      attrs: {href: {}},
      inclusive: false,
      parseDOM: [
        {
          tag: "a[href]",
          getAttrs: (dom) => (tautanSah(dom.getAttribute("href")) ? {href: dom.getAttribute("href")} : false),
        },
      ],
      toDOM: ({attrs: {href}}) => ["a", {href}, 0],
    },
    // Google Docs wraps everything in <b style="font-weight:normal">; see tanpaGaya in naskah.js.
    strong: tanda("strong", [{tag: "strong"}, {tag: "b", getAttrs: (dom) => bukan(dom, /font-weight:\s*normal/)}]),
    em: tanda("em", [{tag: "em"}, {tag: "i", getAttrs: (dom) => bukan(dom, /font-style:\s*normal/)}]),
    u: tanda("u"),
    sub: {...tanda("sub"), excludes: "sup"},
    sup: {...tanda("sup"), excludes: "sub"},
  },
});
