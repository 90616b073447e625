/* The quiet line: whether answers are saved, and where they are while they are not. */
const AWAY = new Set(["offline", "waiting"]);

export class SaveLine {
  /** What is said now, or null: {state, name, values, at}. */
  said = null;
  #saved = null;

  saving() {
    if (!AWAY.has(this.said?.state)) this.said = { state: "saving", name: "saving" };
  }

  saved(at) {
    this.said = this.#saved = { state: "saved", name: "saved", at };
  }

  /** The server was not reached, or has no time. `lasting`: whether this device keeps answers. */
  away(status, lasting) {
    const offline = status === 0;
    const name = offline ? (lasting ? "offline" : "offline_unkept") : "busy";
    this.said = { state: offline ? "offline" : "waiting", name };
  }

  /** The server answers again, and nothing waits. */
  back() {
    if (AWAY.has(this.said?.state)) this.said = this.#saved;
  }

  refused(slot) {
    this.said = { state: "refused", name: "refused", values: { n: slot } };
  }

  clear() {
    this.said = this.#saved = null;
  }
}
