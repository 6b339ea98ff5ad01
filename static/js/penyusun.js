// The SOP editor: steps are dragged to their place, actor lines are added, typed words are never lost.
// Everything it does can be done without it by links and buttons (Naikkan, Turunkan, Simpan).
const halaman = () => document.querySelector("[data-penyusun], #identitas");

// --- typed and not yet saved ---------------------------------------------------------------------
let kotor = false;
let formTerakhir = document.getElementById("sunting");

document.addEventListener("input", (e) => {
  if (e.target.closest("[data-isian]")) kotor = true;
});
for (const nama of ["change", "submit"]) {
  document.addEventListener(nama, (e) => {
    if (nama === "submit") kotor = false;
    else if (e.target.closest("[data-isian]")) kotor = true;
  });
}
addEventListener("beforeunload", (e) => {
  if (kotor && halaman()) e.preventDefault();
});

/** Opening another step saves the one at hand first; the server opens the other afterwards. */
document.addEventListener(
  "click",
  (e) => {
    if (e.target.closest("[data-batal]")) kotor = false;
    const tautan = e.target.closest("[data-sunting]");
    const form = document.getElementById("sunting");
    if (!tautan || !form || !kotor) return;
    e.preventDefault();
    e.stopPropagation();
    const lalu = Object.assign(document.createElement("input"), {type: "hidden", name: "lalu", value: `buka-${tautan.dataset.sunting}`});
    form.append(lalu);
    form.requestSubmit();
    lalu.remove();
  },
  true,
);

// --- actor lines ----------------------------------------------------------------------------------
function siapkan() {
  for (const tombol of document.querySelectorAll("[data-tambah-pelaksana]")) tombol.hidden = false;
}

function tambahPelaksana(tombol) {
  const wadah = tombol.closest("[data-pelaksana]");
  const baris = [...wadah.querySelectorAll("[data-baris-pelaksana]")];
  const jumlah = wadah.querySelector("[name$='-TOTAL_FORMS']");
  const nomor = Number(jumlah.value);
  const baru = baris.at(-1).cloneNode(true);
  for (const el of baru.querySelectorAll("[name], [id], [for]")) {
    for (const atribut of ["name", "id", "for"]) {
      const nilai = el.getAttribute(atribut);
      if (nilai) el.setAttribute(atribut, nilai.replace(/pelaksana-\d+-/, `pelaksana-${nomor}-`));
    }
    if (el.type === "checkbox") el.checked = false;
    else if (el.tagName === "SELECT") el.selectedIndex = 0;
  }
  baris.at(-1).after(baru);
  jumlah.value = nomor + 1;
  baru.querySelector("select").focus();
}

document.addEventListener("click", (e) => {
  const tombol = e.target.closest("[data-tambah-pelaksana]");
  if (tombol) tambahPelaksana(tombol);
});

// --- dragging -------------------------------------------------------------------------------------
let dipegang = null;

const barisDi = (e) => e.target.closest?.("tr[data-langkah]");

function lepas() {
  dipegang = null;
  for (const b of document.querySelectorAll("tr.tujuan")) b.classList.remove("tujuan");
}

document.addEventListener("dragstart", (e) => {
  const pegangan = e.target.closest?.("[data-geser]");
  if (!pegangan) return;
  dipegang = pegangan.closest("tr");
  e.dataTransfer.effectAllowed = "move";
  e.dataTransfer.setData("text/plain", dipegang.dataset.nomor);
  e.dataTransfer.setDragImage(dipegang, 24, 24);
});

document.addEventListener("dragover", (e) => {
  const baris = dipegang && barisDi(e);
  if (!baris) return;
  e.preventDefault();
  for (const b of document.querySelectorAll("tr.tujuan")) b.classList.toggle("tujuan", b === baris);
  baris.classList.add("tujuan");
});

document.addEventListener("drop", (e) => {
  const baris = dipegang && barisDi(e);
  if (!baris) return;
  e.preventDefault();
  const form = document.getElementById("geser");
  form.elements.langkah.value = dipegang.dataset.langkah;
  form.elements.ke.value = baris.dataset.nomor;
  const sama = baris === dipegang;
  lepas();
  if (!sama) form.requestSubmit();
});
document.addEventListener("dragend", lepas);

// --- after each exchange of the page --------------------------------------------------------------
let tombolAkhir = "";
document.addEventListener("submit", (e) => (tombolAkhir = e.submitter?.textContent.trim() ?? ""), true);

/** To what the person came for: the summary of errors, the button pressed again, the open form, what was left open. */
function arahkan() {
  const ringkasan = document.querySelector("[data-fokus]");
  if (ringkasan) return ringkasan.focus();
  const aktif = document.querySelector("tr.aktif");
  if (!aktif) return document.querySelector(".pesan-pesan .pesan--kunyit")?.scrollIntoView({block: "center"});
  aktif.scrollIntoView({block: "start"});
  const lagi = [...document.querySelectorAll("#pindah button[name='lalu'][value^='pindah']")].find((b) => b.textContent.trim() === tombolAkhir);
  (lagi ?? document.getElementById("id_kegiatan"))?.focus({preventScroll: true});
}

siapkan();
// A link to a cell lands on its field.
if (/^#id_/.test(location.hash)) document.getElementById(location.hash.slice(1))?.focus();
document.addEventListener("htmx:after:swap", () => {
  siapkan();
  const form = document.getElementById("sunting");
  if (form !== formTerakhir) arahkan();
  formTerakhir = form;
});
