/* Dropdowns are details elements; script adds what people expect: Escape and a click elsewhere close them. */
export function dropdowns() {
  document.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll("[data-dropdown][open]")) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("[data-dropdown][open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
}
