// A form marked [data-kirim-sekali] is sent once: a double click changes nothing, the button says it works.
// The server is the judge all the same (hidden field `kunci`); this only spares people the refusal page.
const JEDA_ULANG = 20_000;

const lepas = (form) => {
  delete form.dataset.terkirim;
  for (const tombol of form.querySelectorAll("[aria-busy]")) {
    tombol.disabled = false;
    tombol.removeAttribute("aria-busy");
  }
};

document.addEventListener("submit", (e) => {
  const form = e.target;
  if (!form.matches("[data-kirim-sekali]")) return;
  if (form.dataset.terkirim) return e.preventDefault();
  if (e.defaultPrevented) return;
  form.dataset.terkirim = "ya";
  // Disabled after the browser has read the form, or the button's own value would be missing.
  setTimeout(() => {
    if (!e.submitter) return;
    e.submitter.setAttribute("aria-busy", "true");
    e.submitter.disabled = true;
  });
  // No answer at all: let the person try again, with the same key.
  setTimeout(lepas, JEDA_ULANG, form);
});

// Back from the next page: the browser may show this one as it was left.
addEventListener("pageshow", (e) => {
  if (e.persisted) document.querySelectorAll("form[data-terkirim]").forEach(lepas);
});
