// Signing out leaves nothing of the person behind in this browser. Text that never reached the server lies only here
// (naskah-cadangan.js), so it goes after a question, not by itself.
const form = document.querySelector("[data-keluar]");

const milik = () => Object.keys(localStorage).filter((kunci) => kunci.startsWith(`naskah:${form.dataset.keluar}:`));

form?.addEventListener("submit", (e) => {
  const kunci = milik();
  if (kunci.length && !confirm(form.dataset.tanya)) return e.preventDefault();
  for (const k of kunci) localStorage.removeItem(k);
});
