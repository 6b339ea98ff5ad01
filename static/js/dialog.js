// Opens <dialog id="x"> from any [data-dialog="x"], closes from [data-tutup], gives the focus back.
// Also: a dialog marked [data-buka] opens at once (its form came back with errors), and the error summary
// marked [data-fokus] takes the focus.
const buka = (dialog, pemicu) => {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  if (pemicu) dialog.addEventListener("close", () => pemicu.focus(), {once: true});
};

// Where the browser knows command="show-modal" it has already been done, focus and all.
const sudah = (tombol) => tombol?.hasAttribute("commandfor") && "commandForElement" in tombol;

document.addEventListener("click", (e) => {
  const pemicu = e.target.closest("[data-dialog]");
  if (sudah(pemicu ?? e.target.closest("[data-tutup]"))) return;
  if (pemicu) return buka(document.getElementById(pemicu.dataset.dialog), pemicu);
  e.target.closest("[data-tutup]")?.closest("dialog")?.close();
});

for (const dialog of document.querySelectorAll("dialog[data-buka]")) {
  buka(dialog, document.querySelector(`[data-dialog="${dialog.id}"]`));
}
document.querySelector("[data-fokus]")?.focus();
