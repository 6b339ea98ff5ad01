// The two dialogs of the text editor: a link, a picture. The markup is laporan/tugas/_dialog_naskah.html;
// where a page has none, the buttons for them are not shown.
import {NodeSelection, TextSelection} from "../vendor/prosemirror-1.42.9/prosemirror.js";
import {tautanSah} from "./naskah-izin.js";
import {skema} from "./naskah-skema.js";
import {catat} from "./tunda-kirim.js";

const {nodes: n, marks: m} = skema;
const MAKS_BERKAS = 15 * 1024 * 1024;

export const dialogTautan = document.getElementById("d-tautan");
export const dialogGambar = document.getElementById("d-gambar");
const cari = (dialog, pilih) => dialog.querySelector(pilih);

/** Show the dialog; `simpan` answers true when it may close. The focus goes back to the text. */
function buka(dialog, view, simpan) {
  const form = cari(dialog, "form");
  const kirim = async (e) => {
    e.preventDefault();
    const tombol = cari(form, "[type=submit]");
    if (tombol.getAttribute("aria-busy")) return;
    tombol.setAttribute("aria-busy", "true");
    try {
      if (await simpan()) dialog.close();
    } finally {
      tombol.removeAttribute("aria-busy");
    }
  };
  form.addEventListener("submit", kirim);
  const tutup = ({target}) => {
    if (target !== dialog) return;
    form.removeEventListener("submit", kirim);
    dialog.removeEventListener("close", tutup);
    view.focus();
  };
  dialog.addEventListener("close", tutup);
  dialog.showModal();
}

/** Positions of the link around the cursor, or of the selection. */
function rentangTautan({selection, doc}) {
  const {$from, from, to} = selection;
  const tanda = m.link.isInSet($from.marks()) ?? m.link.isInSet($from.nodeAfter?.marks ?? []);
  if (!tanda) return {dari: from, ke: to, href: ""};
  let [dari, ke] = [from, to];
  const induk = $from.parent;
  const awal = $from.start();
  induk.forEach((anak, geser) => {
    if (!m.link.isInSet(anak.marks)?.eq(tanda)) return;
    const [a, b] = [awal + geser, awal + geser + anak.nodeSize];
    if (a <= from && from <= b) [dari, ke] = [Math.min(dari, a), Math.max(ke, b)];
  });
  return {dari, ke, href: tanda.attrs.href, teks: doc.textBetween(dari, ke)};
}

export function bukaTautan(view) {
  const {dari, ke, href} = rentangTautan(view.state);
  const [alamat, teks] = [cari(dialogTautan, "#dt-alamat"), cari(dialogTautan, "#dt-teks")];
  const [galat, lepas] = [cari(dialogTautan, "#dt-galat"), cari(dialogTautan, "[data-lepas-tautan]")];
  const kosong = dari === ke;
  [alamat.value, teks.value, galat.textContent] = [href, "", ""];
  alamat.removeAttribute("aria-invalid");
  cari(dialogTautan, "[data-teks-tautan]").hidden = !kosong;
  lepas.hidden = !href;
  lepas.onclick = () => {
    view.dispatch(view.state.tr.removeMark(dari, ke, m.link));
    dialogTautan.close();
  };
  buka(dialogTautan, view, () => {
    const isi = alamat.value.trim();
    if (!tautanSah(isi)) {
      galat.textContent = "Tautan harus diawali https:// dan menuju situs yang bernama, contoh https://bps.go.id/.";
      alamat.setAttribute("aria-invalid", "true");
      alamat.focus();
      return false;
    }
    const tanda = m.link.create({href: isi});
    const {tr} = view.state;
    if (kosong) tr.replaceSelectionWith(skema.text(teks.value.trim() || isi, [tanda]), false);
    else tr.removeMark(dari, ke, m.link).addMark(dari, ke, tanda);
    view.dispatch(tr.removeStoredMark(m.link).scrollIntoView());
    return true;
  });
}

/** The figure around the cursor: {node, posisi}, or null. */
export function gambarKini({selection}) {
  if (selection instanceof NodeSelection && selection.node.type === n.figure) return {node: selection.node, posisi: selection.from};
  const {$from} = selection;
  for (let d = $from.depth; d > 0; d -= 1) {
    if ($from.node(d).type === n.figure) return {node: $from.node(d), posisi: $from.before(d)};
  }
  return null;
}

/** Put a figure after the block of the cursor, at the top level of the text, the cursor in its caption. */
function sisip(view, {src, alt, keterangan}) {
  const {state} = view;
  const {$to} = state.selection;
  const gambar = n.figure.create({src, alt}, keterangan ? skema.text(keterangan) : null);
  const tr = state.tr;
  const blok = $to.depth ? $to.node(1) : null;
  const ganti = blok?.type === n.paragraph && !blok.content.size;
  const posisi = $to.depth ? (ganti ? $to.before(1) : $to.after(1)) : state.doc.content.size;
  if (ganti) tr.replaceWith(posisi, posisi + blok.nodeSize, gambar);
  else tr.insert(posisi, gambar);
  view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(posisi + 1))).scrollIntoView());
}

async function unggah(view, berkas) {
  const wadah = view.dom.closest("[data-unggah-gambar]");
  const data = new FormData();
  data.set("gambar", berkas);
  data.set("csrfmiddlewaretoken", view.dom.closest("form").elements.csrfmiddlewaretoken.value);
  const jawab = await fetch(wadah.dataset.unggahGambar, {method: "POST", body: data, headers: {Accept: "application/json"}});
  if (jawab.status === 413) return {pesan: "Berkas gambarnya terlalu besar bagi server. Perkecil dahulu."};
  if (jawab.redirected || !jawab.headers.get("Content-Type")?.includes("json")) {
    return {pesan: "Sesi berakhir. Masuk kembali di tab lain, lalu coba lagi; teks Anda tetap di sini."};
  }
  return jawab.json();
}

function keberatan(berkas) {
  if (!berkas) return "Pilih berkas gambarnya.";
  if (berkas.size > MAKS_BERKAS) return `Gambar berukuran ${Math.ceil(berkas.size / 1048576)} MB. Ukuran paling besar 15 MB.`;
  return /^image\/(jpeg|png|webp)$/.test(berkas.type) ? "" : "Berkas ini bukan gambar JPG, PNG, atau WebP.";
}

function lihat(berkas) {
  const tempat = cari(dialogGambar, "[data-pratinjau]");
  tempat.hidden = true;
  if (!berkas || keberatan(berkas)) return;
  const baca = new FileReader();
  baca.onload = () => {
    tempat.firstElementChild.src = baca.result;
    tempat.hidden = false;
  };
  baca.readAsDataURL(berkas);
}

/** Ask for a picture, or take `siap` (pasted, dropped), with what it shows; put it into the text. */
export function bukaGambar(view, siap = null) {
  const [ruas, alt, ket, galat] = ["#dg-berkas", "#dg-alt", "#dg-ket", "#dg-galat"].map((p) => cari(dialogGambar, p));
  const lama = siap ? null : gambarKini(view.state);
  [ruas.value, ket.value, galat.textContent, alt.value] = ["", "", "", lama?.node.attrs.alt ?? ""];
  cari(dialogGambar, "[data-pilih-gambar]").hidden = Boolean(siap ?? lama);
  cari(dialogGambar, "[data-keterangan-gambar]").hidden = Boolean(lama);
  cari(dialogGambar, "[type=submit]").textContent = lama ? "Simpan uraian" : "Sisipkan gambar";
  ruas.onchange = () => {
    galat.textContent = ruas.files[0] ? keberatan(ruas.files[0]) : "";
    lihat(ruas.files[0]);
  };
  lihat(siap);
  buka(dialogGambar, view, async () => {
    const berkas = siap ?? ruas.files[0];
    galat.textContent = lama ? "" : keberatan(berkas);
    if (!galat.textContent && !alt.value.trim()) galat.textContent = "Tuliskan uraian gambarnya.";
    if (galat.textContent) return void (alt.value.trim() ? ruas : alt).focus();
    if (lama) {
      view.dispatch(view.state.tr.setNodeAttribute(lama.posisi, "alt", alt.value.trim()));
      return true;
    }
    galat.textContent = "";
    const jawab = await catat(unggah(view, berkas)).catch(() => ({pesan: "Gambar belum terunggah: jaringan terputus. Coba lagi."}));
    galat.textContent = jawab.pesan ?? "";
    if (jawab.src) sisip(view, {src: jawab.src, alt: alt.value.trim(), keterangan: ket.value.trim()});
    return Boolean(jawab.src);
  });
}

/** One dialog after the other, for as many pictures as came along. */
export function tawarkanGambar(view, berkas) {
  const [satu, ...sisa] = berkas;
  if (!satu || !dialogGambar || !view.dom.closest("[data-unggah-gambar]")) return;
  bukaGambar(view, satu);
  if (sisa.length) dialogGambar.addEventListener("close", () => setTimeout(() => tawarkanGambar(view, sisa)), {once: true});
}
