/* Text size and colours change at once and are kept in a cookie, which the server reads for the next page. */
const YEAR = 31_536_000;
const CHOICES = [
  { button: "themeChoice", cookie: "lms_theme", attribute: "theme", usual: "auto" },
  { button: "textSize", cookie: "lms_text", attribute: "text", usual: "normal" },
];

export function preferences() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    const choice = CHOICES.find((one) => button?.dataset[one.button]);
    if (choice) choose(choice, button.dataset[choice.button]);
  });
}

function choose({ button, cookie, attribute, usual }, value) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${cookie}=${value}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
  if (value === usual) delete document.documentElement.dataset[attribute];
  else document.documentElement.dataset[attribute] = value;
  for (const other of document.querySelectorAll(".display-menu button")) {
    if (other.dataset[button]) other.setAttribute("aria-pressed", String(other.dataset[button] === value));
  }
}
