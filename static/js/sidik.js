// Verification page: the SHA-256 of a local file, reckoned in the browser and compared with the registered one
// ([data-sidik] in partials/sidik.html). The file is not sent anywhere.
const heksa = (bita) => [...new Uint8Array(bita)].map((b) => b.toString(16).padStart(2, "0")).join("");

async function cocokkan(wadah, berkas) {
  const hasil = wadah.querySelector("[data-hasil-sidik]");
  const tulis = (warna, teks) => {
    hasil.className = `pesan pesan--${warna}`;
    hasil.textContent = teks;
  };
  if (!globalThis.crypto?.subtle) {
    return tulis("kunyit", "Peramban ini tidak dapat menghitung sidik berkas. Buka halaman ini melalui HTTPS dengan peramban terbaru.");
  }
  tulis("nila", "Menghitung sidik berkas…");
  const sidik = heksa(await crypto.subtle.digest("SHA-256", await berkas.arrayBuffer()));
  if (sidik === wadah.dataset.sidik.toLowerCase()) {
    return tulis("daun", `Berkas “${berkas.name}” sama dengan dokumen terdaftar, tidak ada satu huruf pun yang berubah.`);
  }
  tulis("bata", `Berkas “${berkas.name}” tidak cocok dengan dokumen terdaftar. Jangan dipakai sebelum dipastikan kepada instansi penerbit.`);
}

for (const wadah of document.querySelectorAll("[data-sidik]")) {
  wadah.querySelector("input[type='file']").addEventListener("change", (e) => {
    if (e.target.files[0]) cocokkan(wadah, e.target.files[0]);
  });
}
