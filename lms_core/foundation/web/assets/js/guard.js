/* data-guard on a form: leaving the page with something typed and not sent asks first (the browser words it).
   data-guard="submit": only handing the form in counts as sent; what fetches a preview of it does not. */
export function guarding() {
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-guard]");
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form");
    if (event.detail.successful && form?.dataset.guard !== "submit") changed.delete(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
