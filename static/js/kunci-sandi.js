// Passkeys. A form [data-kunci-sandi="buat" or "pakai"] carries the question of the server in data-opsi; what the
// device answers goes into its field kunci_sandi, and the form is sent. Without this script the other ways remain.
const bita = (teks) => Uint8Array.from(atob(teks.replaceAll("-", "+").replaceAll("_", "/")), (h) => h.charCodeAt(0));
const teks = (isi) =>
  btoa(String.fromCharCode(...new Uint8Array(isi))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const KATA = {
  NotAllowedError: "Dibatalkan, atau waktunya habis. Tekan tombolnya untuk mencoba lagi.",
  InvalidStateError: "Perangkat ini sudah memegang kunci sandi akun Anda.",
};

/** The question as the browser wants it: bytes where the server wrote base64url. */
function baca(opsi) {
  const daftar = (nama) => opsi[nama]?.map((k) => ({...k, id: bita(k.id)}));
  return {
    ...opsi,
    challenge: bita(opsi.challenge),
    ...(opsi.user && {user: {...opsi.user, id: bita(opsi.user.id)}}),
    ...(opsi.excludeCredentials && {excludeCredentials: daftar("excludeCredentials")}),
    ...(opsi.allowCredentials && {allowCredentials: daftar("allowCredentials")}),
  };
}

/** The answer as the server reads it. */
function tulis({rawId, response, type}) {
  const isi = {clientDataJSON: teks(response.clientDataJSON)};
  for (const nama of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[nama]) isi[nama] = teks(response[nama]);
  }
  return JSON.stringify({id: teks(rawId), rawId: teks(rawId), type, response: isi});
}

async function minta(form) {
  const kabar = form.querySelector("[data-kabar-kunci]");
  const publicKey = baca(JSON.parse(form.dataset.opsi));
  kabar.textContent = "Ikuti petunjuk perangkat Anda…";
  try {
    const cara = form.dataset.kunciSandi === "buat" ? "create" : "get";
    form.elements.kunci_sandi.value = tulis(await navigator.credentials[cara]({publicKey}));
  } catch (galat) {
    kabar.textContent = KATA[galat.name] ?? "Peramban ini tidak dapat memakai kunci sandi di sini.";
    return;
  }
  kabar.textContent = "";
  form.requestSubmit();
}

for (const form of document.querySelectorAll("form[data-kunci-sandi]")) {
  if (!window.PublicKeyCredential) {
    form.querySelector("[data-kabar-kunci]").textContent = "Peramban ini belum mengenal kunci sandi.";
    continue;
  }
  const tombol = form.querySelector("[data-minta-kunci]");
  tombol.hidden = false;
  tombol.addEventListener("click", () => form.reportValidity() && minta(form));
}
