/* data-dismiss closes the nearest [data-dismissible]; a value there is a key under which this browser remembers it. */
const KEPT = "lms.dismissed";

export function dismissing() {
  const gone = new Set(remembered());
  for (const part of document.querySelectorAll("[data-dismissible]")) {
    if (gone.has(part.dataset.dismissible)) part.remove();
    else part.querySelector("[data-dismiss]")?.removeAttribute("hidden");
  }
  document.addEventListener("click", (event) => {
    const part = event.target.closest?.("[data-dismiss]")?.closest("[data-dismissible]");
    if (!part) return;
    const key = part.dataset.dismissible;
    if (key) remember([...new Set([...remembered(), key])]);
    part.remove();
    document.getElementById("main").focus();
  });
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch {
    return [];
  }
}

function remember(keys) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(keys.slice(-200)));
  } catch {
    // A browser without storage forgets; the panel is closed all the same.
  }
}
