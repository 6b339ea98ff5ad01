// Two people, one text: tells the server that this page is still open ([data-pegang]), says so when somebody took
// over, and lays both texts side by side when the same part was saved elsewhere.
import {bukaPanel, tutupPanel} from "./naskah-panel.js";
import {lanjutkan, simpanSegera} from "./simpan-otomatis.js";

const JEDA = 60_000;
const wadah = document.querySelector("[data-pegang]");

function umumkan(pesan) {
  if (document.getElementById("kabar-pegang")) return;
  const el = Object.assign(document.createElement("div"), {className: "pesan pesan--bata jarak", id: "kabar-pegang"});
  el.setAttribute("role", "alert");
  const badan = document.createElement("div");
  badan.append(Object.assign(document.createElement("h2"), {textContent: pesan}));
  badan.append(
    Object.assign(document.createElement("p"), {
      textContent: "Teks Anda yang belum tersimpan tetap ada di peramban ini. Muat ulang halaman untuk membaca yang terbaru.",
    }),
  );
  el.append(badan);
  wadah.before(el);
  el.scrollIntoView({block: "center"});
}

async function kabari() {
  if (document.visibilityState === "hidden" || !navigator.onLine) return;
  const data = new FormData();
  data.set("csrfmiddlewaretoken", wadah.closest("form").elements.csrfmiddlewaretoken.value);
  try {
    const jawab = await fetch(wadah.dataset.pegang, {method: "POST", body: data, headers: {Accept: "application/json", "X-Latar": "ya"}});
    if (jawab.redirected || !jawab.headers.get("Content-Type")?.includes("json")) return;
    const {pesan} = await jawab.json();
    if (pesan) umumkan(pesan);
  } catch {
    // No line: the next minute tries again.
  }
}

/** Somebody (or another window) saved this part first. Nothing of either text goes by itself. */
function bentrok({target: ruas, detail: {kini}}) {
  if (!ruas.matches?.("[data-naskah]")) return;
  const versi = ruas.form.elements[`versi-${ruas.id.replace("isi-", "")}`];
  const selesai = (isi) => {
    tutupPanel(ruas);
    versi.value = kini.versi;
    lanjutkan(ruas);
    if (isi === null) return simpanSegera(ruas);
    ruas.value = isi;
    ruas.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const punya = ruas.value;
  bukaPanel(ruas, {
    judul: "Bagian ini sudah disimpan dari tempat lain",
    uraian: `${kini.oleh ? `Disimpan ${kini.oleh}, ${kini.pada}. ` : ""}Di bawah ini yang akan berubah bila teks Anda dipakai. Teks Anda tetap di penyunting.`,
    isi: punya,
    langsung: true,
    pilihan: [
      ["Pakai teks saya", true, () => selesai(null)],
      ["Pakai teks terbaru", false, () => {
        selesai(kini.isi);
        bukaPanel(ruas, {
          judul: "Teks terbaru dipakai",
          uraian: "Teks Anda sebelumnya masih dapat dikembalikan selama halaman ini terbuka.",
          pilihan: [
            ["Kembalikan teks saya", false, () => selesaiUrung()],
            ["Tutup", false, () => tutupPanel(ruas)],
          ],
        });
      }],
    ],
  });
  const selesaiUrung = () => {
    tutupPanel(ruas);
    ruas.value = punya;
    ruas.dispatchEvent(new Event("input", {bubbles: true}));
  };
}

export function pasangGiliran() {
  document.addEventListener("bentrok", bentrok);
  document.addEventListener("diambil-alih", ({detail}) => wadah && umumkan(detail.pesan));
  if (!wadah) return;
  setInterval(kabari, JEDA);
  document.addEventListener("visibilitychange", kabari);
}

