// Keeps what is typed in the browser until the server has it, per person, draft and part: through a lost line, an
// expired session, a closed lid. Offers it again when the page is opened, beside what the server has.
import {samakan} from "./naskah-html.js";
import {bukaPanel, tutupPanel} from "./naskah-panel.js";
import {nyatakan} from "./simpan-otomatis.js";

const AWALAN = "naskah:";
const UMUR = 60 * 24 * 3600 * 1000;
const JEDA = 300;

const wadahDari = (ruas) => ruas.closest("[data-cadangan]");
const kunciDari = (ruas) => `${AWALAN}${wadahDari(ruas).dataset.cadangan}:${ruas.id}`;
const versiDari = (ruas) => ruas.form.elements[`versi-${ruas.id.replace("isi-", "")}`];

function baca(kunci) {
  try {
    return JSON.parse(localStorage.getItem(kunci));
  } catch {
    return null;
  }
}

const lupakan = (ruas) => localStorage.removeItem(kunciDari(ruas));

function catat(ruas) {
  try {
    localStorage.setItem(kunciDari(ruas), JSON.stringify({isi: ruas.value, versi: versiDari(ruas)?.value ?? "", pada: Date.now()}));
    return true;
  } catch {
    return false;
  }
}

const menunggu = new Map();
function catatNanti(ruas) {
  if (menunggu.has(ruas)) return;
  menunggu.set(
    ruas,
    setTimeout(() => {
      menunggu.delete(ruas);
      const ada = catat(ruas);
      nyatakan(ruas, ada ? "Belum tersimpan di server; aman di peramban ini." : "Belum tersimpan. Penyimpanan peramban ini penuh.", !ada);
    }, JEDA),
  );
}
function catatSegera() {
  for (const [ruas, jadwal] of menunggu) {
    clearTimeout(jadwal);
    catat(ruas);
  }
  menunggu.clear();
}

/** The server has what was sent; what was typed since is still ours to keep. */
function sampai({target: ruas, detail}) {
  if (!ruas.matches?.("[data-naskah]") || !wadahDari(ruas)) return;
  clearTimeout(menunggu.get(ruas));
  menunggu.delete(ruas);
  if (ruas.value === detail.terkirim) lupakan(ruas);
  else catat(ruas);
}

const kapan = (pada) =>
  new Intl.DateTimeFormat("id-ID", {weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit"}).format(pada);

function tawarkan(ruas, simpanan) {
  const berubah = simpanan.versi && simpanan.versi !== versiDari(ruas)?.value;
  bukaPanel(ruas, {
    judul: "Ada teks Anda yang belum sampai ke server",
    uraian: `Diketik ${kapan(simpanan.pada)} di peramban ini.${berubah ? " Bagian ini sudah berubah di server sejak itu." : ""}`,
    isi: simpanan.isi,
    pilihan: [
      ["Pakai teks ini", true, () => pakai(ruas, simpanan.isi)],
      ["Buang", false, () => buang(ruas, simpanan)],
    ],
  });
}

function pakai(ruas, isi) {
  tutupPanel(ruas);
  ruas.value = isi;
  ruas.dispatchEvent(new Event("input", {bubbles: true}));
}

function buang(ruas, simpanan) {
  lupakan(ruas);
  bukaPanel(ruas, {
    judul: "Teks dari peramban dibuang",
    uraian: "Yang tampak di bawah ini ialah teks di server.",
    pilihan: [
      ["Urungkan", false, () => {
        localStorage.setItem(kunciDari(ruas), JSON.stringify(simpanan));
        tawarkan(ruas, simpanan);
      }],
      ["Tutup", false, () => tutupPanel(ruas)],
    ],
  });
}

/** Before the editor is mounted: is there something this browser knows and the server does not? */
export function periksaCadangan(ruas) {
  const wadah = wadahDari(ruas);
  if (!wadah) return;
  const simpanan = baca(kunciDari(ruas));
  // A page that came back with errors shows what was posted, not what is stored.
  if (!simpanan || "kembali" in wadah.dataset) return;
  if (samakan(simpanan.isi) === samakan(ruas.value)) lupakan(ruas);
  else tawarkan(ruas, simpanan);
}

function buangYangLama() {
  for (const kunci of Object.keys(localStorage).filter((k) => k.startsWith(AWALAN))) {
    const simpanan = baca(kunci);
    if (!simpanan || Date.now() - simpanan.pada > UMUR) localStorage.removeItem(kunci);
  }
}

/** Without a line the form would end on the browser's own error page. */
function tahanForm(e) {
  if (navigator.onLine || e.target.method === "dialog" || !e.target.querySelector("[data-cadangan]")) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  catatSegera();
  for (const ruas of e.target.querySelectorAll("[data-naskah]")) nyatakan(ruas, "Jaringan terputus. Teks aman di peramban ini; kirim lagi setelah tersambung.", true);
}

export function pasangCadangan() {
  if (!document.querySelector("[data-cadangan]")) return;
  buangYangLama();
  document.addEventListener("input", ({target}) => target.matches("[data-naskah]") && wadahDari(target) && catatNanti(target));
  document.addEventListener("tersimpan", sampai);
  document.addEventListener("submit", tahanForm, true);
  addEventListener("pagehide", catatSegera);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && catatSegera());
}
