// A panel above one text, for two texts that differ: what happened, what differs, which one stays. The differences
// are marked by the server ([data-banding] of the text), in the same way as between versions of the report.

const panel = new WeakMap();

export function tutupPanel(ruas) {
  panel.get(ruas)?.remove();
  panel.delete(ruas);
}

async function bandingkan(ruas, isi, tempat) {
  tempat.hidden = false;
  tempat.textContent = "Membandingkan…";
  const data = new FormData();
  data.set("isi", isi);
  data.set("csrfmiddlewaretoken", ruas.form.elements.csrfmiddlewaretoken.value);
  try {
    const jawab = await fetch(ruas.dataset.banding, {method: "POST", body: data, headers: {Accept: "text/html"}});
    if (!jawab.ok || jawab.redirected) throw new Error(String(jawab.status));
    tempat.innerHTML = await jawab.text();
  } catch {
    tempat.textContent = "Belum dapat dibandingkan. Coba lagi setelah jaringan tersambung atau Anda masuk kembali.";
  }
}

function tombol(kata, utama, laku) {
  const b = Object.assign(document.createElement("button"), {type: "button", textContent: kata});
  b.className = utama ? "tombol tombol--kecil tombol--utama" : "tombol tombol--kecil";
  b.addEventListener("click", laku);
  return b;
}

/** pilihan: [words, is it the main one, act]. isi: the text to be compared with the server's, if there is one. */
export function bukaPanel(ruas, {judul, uraian, isi = null, pilihan, langsung = false}) {
  tutupPanel(ruas);
  const el = Object.assign(document.createElement("div"), {className: "pesan pesan--kunyit panel-teks"});
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", judul);
  const isiPanel = document.createElement("div");
  const badan = document.createElement("div");
  badan.setAttribute("role", "status");
  const kepala = Object.assign(document.createElement("h3"), {textContent: judul});
  const baris = Object.assign(document.createElement("div"), {className: "baris"});
  const tempat = Object.assign(document.createElement("div"), {className: "panel-teks__beda", hidden: true, tabIndex: 0});
  tempat.setAttribute("role", "region");
  tempat.setAttribute("aria-label", "Perbedaan dengan teks di server");
  baris.append(...pilihan.map((p) => tombol(...p)));
  if (isi !== null && ruas.dataset.banding) baris.append(tombol("Bandingkan", false, () => bandingkan(ruas, isi, tempat)));
  badan.append(kepala, Object.assign(document.createElement("p"), {textContent: uraian}));
  isiPanel.append(badan, baris, tempat);
  el.append(isiPanel);
  (ruas.previousElementSibling?.matches(".penyunting") ? ruas.previousElementSibling : ruas).before(el);
  panel.set(ruas, el);
  if (langsung) bandingkan(ruas, isi, tempat);
}
