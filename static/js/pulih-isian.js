// Puts what was typed before the session ended back into the form it came from (partials/pulih.html).
// Of several forms marked [data-pulih] the one that knows most of the names is taken.
const daftar = document.querySelector("[data-isian-dipulihkan]");
const isian = [...(daftar?.querySelectorAll("[data-isian]") ?? [])].map((dd) => [dd.dataset.isian, dd.textContent]);

const ruas = (form, nama) => [...form.elements].filter((el) => el.name === nama && el.type !== "file");

/** People know a field by its label, not by its name. */
function namai(el) {
  const nama = el.getAttribute("aria-label") ?? el.labels?.[0]?.textContent.trim();
  const butir = daftar.querySelector(`[data-isian="${CSS.escape(el.name)}"]`);
  if (nama && butir) butir.previousElementSibling.textContent = nama;
}

/** How many kept names the form has; none when a fixed field of the form says it is another one. */
function cocok(form) {
  const beda = isian.some(([nama, nilai]) => {
    const tetap = ruas(form, nama).filter((el) => el.type === "hidden");
    return nama === "hasil" && tetap.length && tetap.every((el) => el.value !== nilai);
  });
  return beda ? 0 : isian.filter(([nama]) => ruas(form, nama).some((el) => el.type !== "hidden")).length;
}

function isikan(form) {
  let banyak = 0;
  for (const [nama, nilai] of isian) {
    for (const el of ruas(form, nama)) {
      if (el.type === "hidden" || el.type === "submit") continue;
      if (el.type === "checkbox" || el.type === "radio") {
        if (el.value !== nilai) continue;
        el.checked = true;
      } else {
        el.value = nilai;
      }
      namai(el);
      el.dispatchEvent(new Event("input", {bubbles: true}));
      banyak += 1;
    }
  }
  return banyak;
}

const [form] = [...document.querySelectorAll("form[data-pulih]")].sort((a, b) => cocok(b) - cocok(a));
if (form && cocok(form) && isikan(form)) {
  daftar.querySelector("[data-kata-pulih]").textContent =
    "Isian ini sudah dimasukkan kembali ke formulir. Periksa, lalu kirim.";
  const dialog = form.closest("dialog");
  if (dialog && !dialog.open) dialog.showModal();
}
