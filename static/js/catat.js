// Tapping a paragraph of the paper ([data-catat]) opens its note page, as its link does. Selecting words, links and
// notes themselves do what they always do. With the keyboard: Enter on that link.
document.addEventListener("click", (e) => {
  if (e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey) return;
  const blok = e.target.closest("[data-catat]");
  if (!blok || e.target.closest("a, button, summary, input, label, .catatan")) return;
  if (String(getSelection())) return;
  blok.querySelector(".blok__aksi a")?.click();
});
