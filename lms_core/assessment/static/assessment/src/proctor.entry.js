/* <lms-proctor>: the list of those who watch an exam renews itself. What is heard aloud is only that somebody's
   connection broke off or came back; focus stays where it was. */
const EVERY = 5_000;
const LATEST = 60_000;

class Proctor extends HTMLElement {
  #failures = 0;
  #timer = null;

  connectedCallback() {
    document.addEventListener("visibilitychange", () => document.hidden || this.#renew());
    this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#renew(), Math.min(LATEST, EVERY * 2 ** this.#failures));
  }

  async #renew() {
    clearTimeout(this.#timer);
    // Nobody looks: the list is renewed as soon as somebody does.
    if (document.hidden) return;
    const rows = await fetched(this.dataset.rows);
    this.#failures = rows === null ? this.#failures + 1 : 0;
    if (rows !== null) this.#show(rows);
    else if (this.#failures === 1) this.#tell(this.dataset.silent, true);
    this.#later();
  }

  #show(rows) {
    const focused = this.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute("href") : null;
    const before = this.#interrupted;
    this.innerHTML = rows;
    if (focused) this.#focusable(focused)?.focus({ preventScroll: true });
    if (this.#interrupted !== before) this.#tell(`${this.dataset.told}: ${this.#interrupted}`);
  }

  get #interrupted() {
    return this.querySelector("[data-heard]")?.dataset.interrupted ?? "";
  }

  #focusable(name) {
    return [...this.querySelectorAll("a, button")].find((one) => one.id === name || one.getAttribute("href") === name);
  }

  #tell(words, visibly = false) {
    const live = document.getElementById("live");
    live.textContent = "";
    setTimeout(() => (live.textContent = words), 50);
    const heard = this.querySelector("[data-heard]");
    if (visibly && heard) heard.textContent = words;
  }
}

/** The rows as HTML of our own server, or null where it does not answer. */
async function fetched(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return response.ok && !response.redirected ? await response.text() : null;
  } catch {
    return null;
  }
}

customElements.define("lms-proctor", Proctor);
