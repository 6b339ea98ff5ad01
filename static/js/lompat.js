// From one marked place to the next: [data-henti] are the places, [data-lompat="1"] and "-1" the links that go on and
// back, n and p the keys. What is folded around a place opens. [data-henti-ke] says where one is.
const tempat = [...document.querySelectorAll("[data-henti]")];
const letak = document.querySelector("[data-henti-ke]");
let kini = -1;

function pergi(arah) {
  if (!tempat.length) return;
  kini = kini < 0 ? (arah > 0 ? 0 : tempat.length - 1) : (kini + arah + tempat.length) % tempat.length;
  const tuju = tempat[kini];
  tuju.closest("details")?.toggleAttribute("open", true);
  tempat.forEach((t) => t.classList.toggle("blok--aktif", t === tuju));
  tuju.focus({preventScroll: true});
  tuju.scrollIntoView({block: "center"});
  if (letak) letak.textContent = `${kini + 1} dari ${tempat.length}`;
}

for (const tautan of document.querySelectorAll("[data-lompat]")) {
  tautan.addEventListener("click", (e) => {
    e.preventDefault();
    pergi(Number(tautan.dataset.lompat));
  });
}
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || document.querySelector("dialog[open]")) return;
  if (e.target.closest("input, textarea, select, [contenteditable=true]")) return;
  const arah = {n: 1, p: -1}[e.key];
  if (arah) pergi(arah);
});
