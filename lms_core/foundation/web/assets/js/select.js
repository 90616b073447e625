/* Ticking rows: all at once, and how many there are. */
import { saying } from "./live.js";

export function selecting() {
  document.addEventListener("change", (event) => {
    const all = event.target.dataset?.selectAll;
    if (all) for (const box of boxes(event.target, all)) box.checked = event.target.checked;
    const name = all ?? event.target.name;
    if (name) count(event.target.closest("form"), name);
  });
}

function boxes(near, name) {
  return (near.closest("form") ?? document).querySelectorAll(`.row-select[name="${CSS.escape(name)}"]`);
}

function count(form, name) {
  const output = form?.querySelector(`[data-selected="${CSS.escape(name)}"]`);
  if (!output) return;
  const chosen = [...boxes(output, name)].filter((box) => box.checked).length;
  const all = form.querySelector(`[data-select-all="${CSS.escape(name)}"]`);
  if (all) Object.assign(all, { checked: chosen === boxes(output, name).length, indeterminate: false });
  if (all && chosen && !all.checked) all.indeterminate = true;
  output.textContent = saying("selected").replace("{n}", chosen);
}
