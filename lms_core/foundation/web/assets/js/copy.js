/* data-copy="id": copies the text of that element. Shown only where the browser can. */
import { say, saying } from "./live.js";

export function copying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      say(saying("copied"));
      button.classList.add("copied");
    } catch {
      say(saying("copy-failed"));
    }
  });
}
