// The tree of the plan ([data-pohon]) is nested lists and <details>; Tab and Enter do everything. This adds
// arrows: up and down to the next visible row, right opens, left closes or goes to the branch above.

const RUAS = "summary, .pohon__baris > :first-child a";
const tampak = (el) => {
  const tutup = el.closest("details:not([open])");
  return !tutup || (el.matches("summary") && el.parentElement === tutup && !tutup.parentElement.closest("details:not([open])"));
};
const baris = () => [...document.querySelectorAll("[data-pohon]")].flatMap((p) => [...p.querySelectorAll(RUAS)].filter(tampak));

function arah(e, kini) {
  const daftar = baris();
  const n = daftar.indexOf(kini);
  if (e.key === "ArrowDown") return daftar[n + 1];
  if (e.key === "ArrowUp") return daftar[n - 1];
  if (e.key === "Home") return daftar[0];
  if (e.key === "End") return daftar.at(-1);
  return null;
}

function buka(e, kini) {
  const cabang = kini.closest("details");
  if (!cabang) return;
  if (e.key === "ArrowRight") cabang.open = true;
  else if (!kini.matches("summary")) cabang.querySelector("summary").focus();
  else if (cabang.open) cabang.open = false;
  else cabang.parentElement.closest("details")?.querySelector("summary").focus();
}

document.addEventListener("keydown", (e) => {
  const kini = e.target.closest?.(RUAS);
  if (!kini?.closest("[data-pohon]") || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
  if (e.key === "ArrowRight" || e.key === "ArrowLeft") buka(e, kini);
  else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(e.key)) arah(e, kini)?.focus();
  else return;
  e.preventDefault();
});
