/* data-guard on a form: leaving the page with something typed and not sent asks first (the browser words it). */
export function guarding() {
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) changed.delete(event.target.closest?.("form"));
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
