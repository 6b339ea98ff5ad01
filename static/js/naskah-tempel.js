// Makes pasted HTML of Word, Excel, LibreOffice and Google Docs plain: tables, lists, bold and links stay,
// styles, comments, deleted words, drawings and foreign pictures go. Nothing is fetched.
import {gambarSah, IZIN, tautanSah} from "./naskah-izin.js";

const BUANG =
  "style, script, meta, link, title, template, object, iframe, svg, xml, del, [data-gaya*='mso-element:comment-list'], " +
  "[data-gaya*='mso-element:comment'], [data-gaya*='mso-hide:all'], [data-gaya*='display:none'], .MsoCommentReference, " +
  ".msoDel, hr, sup:has(> a[href^='#cmnt']), div:has(> p > a[href^='#cmnt_ref'])";
const LUKISAN = /^(v|o|w|m|dt):/;
const DATA_GAMBAR = /^data:(image\/(?:png|jpeg|webp));base64,([A-Za-z0-9+/=\s]+)$/;

// The policy forbids styles and handlers even while reading, so they go first; the style stays readable as data.
export const tanpaGaya = (html) =>
  html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/\son\w+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "")
    .replace(/\sstyle\s*=/gi, " data-gaya=");

/** Excel says what is bold in classes: "xl65" to its declarations. */
function bacaKelas(html) {
  const kelas = new Map();
  for (const [, isi] of html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/gi)) {
    for (const [, nama, atur] of isi.matchAll(/\.([\w-]+)\s*\{([^}]*)\}/g)) kelas.set(nama, atur);
  }
  return kelas;
}

const gayaDari = (el, kelas) =>
  `${[...el.classList].map((k) => kelas.get(k) ?? "").join(";")};${el.dataset.gaya ?? ""}`.replace(/\s+/g, " ");

const ELEMEN = [
  ["strong", /(?:^|[;\s])font-weight:\s*(bold|[6-9]00)/, "strong, b, th, h1, h2, h3, h4, h5, h6"],
  ["em", /(?:^|[;\s])font-style:\s*italic/, "em, i"],
  ["u", /text-decoration(-line)?:\s*underline/, "u, a"],
  ["sup", /vertical-align:\s*super/, "sup"],
  ["sub", /vertical-align:\s*sub\b/, "sub"],
];

function bungkus(el, tag) {
  const luar = document.createElement(tag);
  luar.append(...el.childNodes);
  el.append(luar);
}

/** Styles that mean something become the elements that mean it. */
function artikanGaya(badan, kelas) {
  // Google Docs wraps everything in a <b> that is not bold.
  for (const el of badan.querySelectorAll("b, strong, i, em")) {
    if (/(^|[;\s])font-(weight|style):\s*normal/.test(el.dataset.gaya ?? "")) lepas(el);
  }
  for (const el of badan.querySelectorAll("span, td, font")) {
    const gaya = gayaDari(el, kelas);
    for (const [tag, pola, sudah] of ELEMEN) {
      if (pola.test(gaya) && el.textContent.trim() && !el.closest(sudah)) bungkus(el, tag);
    }
  }
}

const lepas = (el) => el.replaceWith(...el.childNodes);

/** Office's own elements: drawings go, wrappers around words only open. Returns how many were pictures. */
function buangOffice(badan) {
  let gambar = 0;
  for (const el of [...badan.querySelectorAll("*")].filter((e) => e.localName.includes(":"))) {
    if (/^v:|^w:drawing/.test(el.localName)) {
      if (el.localName === "v:imagedata") gambar += 1;
      if (!el.querySelector("p, table, img")) el.remove();
      else lepas(el);
    } else if (LUKISAN.test(el.localName) && !el.textContent.trim()) el.remove();
    else lepas(el);
  }
  return gambar;
}

const tingkatDari = (p) => Number(/mso-list:[^;]*\blevel(\d)/.exec(p.dataset.gaya)?.[1] ?? 1);

function bacaButir(p) {
  const tanda = p.querySelector("[data-gaya*='mso-list:Ignore'], [data-gaya*='mso-list: Ignore']");
  const teks = (tanda?.textContent ?? "").replace(/[\s\u00a0]+/g, "");
  tanda?.remove();
  const bernomor = /^\(?(\d+|[a-z]{1,4})[.)]+$/i.test(teks);
  return {tingkat: tingkatDari(p), tag: bernomor ? "ol" : "ul", mulai: Number.parseInt(teks, 10) || 1};
}

/** Word writes lists as paragraphs with a drawn marker. */
function susunDaftarWord(badan) {
  let tumpuk = [];
  let akhir = null;
  for (const p of badan.querySelectorAll("p[data-gaya*='mso-list:'], h4[data-gaya*='mso-list:']")) {
    if (/mso-list:\s*(none|skip)/i.test(p.dataset.gaya) || !p.querySelector("[data-gaya*='Ignore']")) continue;
    const {tingkat, tag, mulai} = bacaButir(p);
    const sambung = akhir && p.previousElementSibling === akhir && p.parentElement === akhir.parentElement;
    if (!sambung) tumpuk = [];
    while (tumpuk.length && tumpuk.at(-1).tingkat > tingkat) tumpuk.pop();
    if (tumpuk.length === 1 && tumpuk[0].tingkat === tingkat && tumpuk[0].daftar.localName !== tag) tumpuk = [];
    if (!tumpuk.length || tumpuk.at(-1).tingkat < tingkat) {
      const daftar = document.createElement(tag);
      if (tag === "ol" && mulai > 1) daftar.setAttribute("start", mulai);
      if (tumpuk.length) tumpuk.at(-1).daftar.lastElementChild.append(daftar);
      else p.before(daftar);
      tumpuk.push({tingkat, daftar});
    }
    const butir = document.createElement("li");
    const isi = document.createElement("p");
    isi.append(...p.childNodes);
    butir.append(isi);
    tumpuk.at(-1).daftar.append(butir);
    akhir = tumpuk[0].daftar;
    p.remove();
  }
}

/** A list directly inside a list belongs to the item before it. */
function rapikanDaftar(badan) {
  for (const daftar of badan.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
    const butir = daftar.previousElementSibling ?? daftar.parentElement.insertBefore(document.createElement("li"), daftar);
    butir.append(daftar);
  }
}

const tebal = (sel) => {
  const isi = sel.textContent.trim();
  return isi !== "" && [...sel.querySelectorAll("strong, b")].reduce((n, b) => n + b.textContent.trim().length, 0) >= isi.length;
};

/** The first row is a head where all its words are bold and no cell says so itself. */
function rapikanTabel(tabel) {
  for (const sel of tabel.querySelectorAll("td, th")) {
    for (const nama of ["colspan", "rowspan"]) {
      const n = Number(sel.getAttribute(nama)) || 1;
      if (n > IZIN.rentang) sel.setAttribute(nama, IZIN.rentang);
    }
  }
  const [pertama] = tabel.rows;
  if (!pertama || tabel.rows.length < 2 || tabel.querySelector("th")) return;
  const berisi = [...pertama.cells].filter((sel) => sel.textContent.trim());
  if (!berisi.length || !berisi.every(tebal)) return;
  for (const td of berisi) {
    const th = document.createElement("th");
    for (const {name, value} of td.attributes) if (/^(col|row)span$/.test(name)) th.setAttribute(name, value);
    th.setAttribute("scope", "col");
    th.append(...td.childNodes);
    th.querySelectorAll("strong, b").forEach(lepas);
    td.replaceWith(th);
  }
}

function keBerkas(src, n) {
  const [, jenis, isi] = DATA_GAMBAR.exec(src) ?? [];
  if (!jenis) return null;
  try {
    const bita = Uint8Array.from(atob(isi.replace(/\s/g, "")), (h) => h.charCodeAt(0));
    return new File([bita], `tempelan-${n}.${jenis.slice(6).replace("jpeg", "jpg")}`, {type: jenis});
  } catch {
    return null;
  }
}

/** Own pictures stay; those that came along as data are handed back as files; the others are counted. */
function pilahGambar(badan) {
  const berkas = [];
  let hilang = 0;
  for (const img of badan.querySelectorAll("img")) {
    const src = img.getAttribute("src") ?? "";
    const milik = gambarSah(src);
    if (milik) {
      img.setAttribute("src", milik);
      continue;
    }
    const isi = keBerkas(src, berkas.length + 1);
    if (isi) berkas.push(isi);
    else if (src) hilang += 1;
    img.remove();
  }
  return {berkas, hilang};
}

function rapikanTautan(badan) {
  let dilepas = 0;
  for (const a of badan.querySelectorAll("a")) {
    const href = a.getAttribute("href") ?? "";
    if (tautanSah(href)) continue;
    if (href && !href.startsWith("#")) dilepas += 1;
    lepas(a);
  }
  return dilepas;
}

/** Blank lines and rows of spaces are layout, not text. */
function rapikanKata(badan) {
  const jalan = document.createTreeWalker(badan, NodeFilter.SHOW_TEXT);
  while (jalan.nextNode()) jalan.currentNode.data = jalan.currentNode.data.replace(/[\u00a0\u2003\t ]*[\u00a0\u2003\t][\u00a0\u2003\t ]*/g, " ");
  for (const br of badan.querySelectorAll("br")) if (br.parentElement === badan || br.parentElement.localName === "div") br.remove();
  for (const p of badan.querySelectorAll("p, div, h1, h2, h3, h4, h5, h6")) {
    if (!p.closest("td, th") && !p.textContent.trim() && !p.querySelector("img, table, li")) p.remove();
  }
}

const TETAP = new Set(["href", "src", "alt", "colspan", "rowspan", "start", "scope", "data-blok", "data-pm-slice"]);

/** {html, berkas, hilang, tautan}: clean HTML; pictures to be offered; pictures and links that could not come. */
export function siapkanTempelan(mentah) {
  const kelas = bacaKelas(mentah);
  const badan = new DOMParser().parseFromString(tanpaGaya(mentah), "text/html").body;
  badan.querySelectorAll(BUANG).forEach((el) => el.remove());
  let hilang = buangOffice(badan);
  susunDaftarWord(badan);
  rapikanDaftar(badan);
  artikanGaya(badan, kelas);
  const gambar = pilahGambar(badan);
  hilang += gambar.hilang;
  const tautan = rapikanTautan(badan);
  rapikanKata(badan);
  // What was copied in this editor already says which cells are heads.
  if (!badan.querySelector("[data-pm-slice]")) badan.querySelectorAll("table").forEach(rapikanTabel);
  for (const el of badan.querySelectorAll("*")) {
    for (const {name} of [...el.attributes]) if (!TETAP.has(name)) el.removeAttribute(name);
  }
  return {html: badan.innerHTML, berkas: gambar.berkas, hilang, tautan};
}
