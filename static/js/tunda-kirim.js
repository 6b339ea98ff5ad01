// Holds a form back while something of it is still on its way to the server, then sends it.
// Otherwise a row saved automatically and the form sent right after would contradict each other.
const berjalan = new Set();

/** Count a request as on its way until it is settled. */
export function catat(janji) {
  berjalan.add(janji);
  const lepas = () => berjalan.delete(janji);
  janji.then(lepas, lepas);
  return janji;
}

document.addEventListener(
  "submit",
  (e) => {
    // A dialog of the page itself sends nothing.
    if (!berjalan.size || e.target.method === "dialog") return;
    e.preventDefault();
    e.stopImmediatePropagation();
    const {target: form, submitter} = e;
    Promise.allSettled([...berjalan]).then(() => form.requestSubmit(submitter));
  },
  true,
);
