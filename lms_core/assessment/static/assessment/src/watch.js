/* Asks again and again, every few seconds, or at once when somebody comes back to the page. */
const EVERY = 4_000;

export class Watch {
  #timer = null;
  #ask;

  /** `ask()` asks once; it is asked again some seconds after `again()`. */
  constructor(ask) {
    this.#ask = ask;
  }

  /** Ask again in a while: what was just heard counts as an answer. */
  again() {
    this.stop();
    this.#timer = setTimeout(() => this.#ask(), EVERY);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
