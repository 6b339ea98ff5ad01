// From one marked place to the next: [data-henti] are the places, [data-lompat="1"] and "-1" the links that go on and
// back, n and p the keys. data-jenis on a link: only to places whose data-henti says so. What is folded around a place
// opens. [data-henti-ke] says where one is.
const tempat = [...document.querySelectorAll("[data-henti]")];
const letak = document.querySelector("[data-henti-ke]");
let kini = -1;

function pergi(arah, jenis) {
  const calon = tempat.filter((t) => !jenis || t.dataset.henti === jenis);
  if (!calon.length) return;
  const urut = arah > 0 ? calon : [...calon].reverse();
  const tuju = urut.find((t) => kini < 0 || (tempat.indexOf(t) - kini) * arah > 0) ?? urut[0];
  kini = tempat.indexOf(tuju);
  tuju.closest("details")?.toggleAttribute("open", true);
  tempat.forEach((t) => t.classList.toggle("blok--aktif", t === tuju));
  tuju.focus({preventScroll: true});
  tuju.scrollIntoView({block: "center"});
  if (letak) letak.textContent = `${kini + 1} dari ${tempat.length}`;
}

for (const tautan of document.querySelectorAll("[data-lompat]")) {
  tautan.addEventListener("click", (e) => {
    e.preventDefault();
    pergi(Number(tautan.dataset.lompat), tautan.dataset.jenis);
  });
}
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing || document.querySelector("dialog[open]")) return;
  if (e.target.closest("input, textarea, select, [contenteditable=true]")) return;
  const arah = {n: 1, p: -1}[e.key];
  if (arah) pergi(arah);
});
