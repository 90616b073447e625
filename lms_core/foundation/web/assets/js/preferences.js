/* Text size and colours change at once and are kept in a cookie, which the server reads for the next page. */
const YEAR = 31_536_000;
const KEPT = {
  theme: { cookie: "lms_theme", attribute: "theme", usual: "auto" },
  text_size: { cookie: "lms_text", attribute: "text", usual: "normal" },
};

export function preferences() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-preferences] button");
    const kept = KEPT[button?.name];
    if (!kept) return;
    event.preventDefault();
    choose(kept, button);
  });
}

function choose({ cookie, attribute, usual }, button) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${cookie}=${button.value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  if (button.value === usual) delete document.documentElement.dataset[attribute];
  else document.documentElement.dataset[attribute] = button.value;
  for (const other of document.querySelectorAll(`[data-preferences] button[name="${button.name}"]`)) {
    other.setAttribute("aria-pressed", String(other.value === button.value));
  }
}
