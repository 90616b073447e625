/*
 * What happens around the exam on this device: another window in front, no connection, the room opened. Facts with
 * their times, told to the server now and then; the person reads the same list in the report.
 */
const EVERY = 20_000;
const AT_ONCE = 50;
const MOST = 200;

export class EventLog {
  #waiting = [];
  #telling = false;
  #since = new Map();
  #timer = null;

  /** `api.tell(events)` tells the server. */
  constructor(api) {
    this.api = api;
  }

  /** Begins with the room being opened here; `alive()` says whether this device answers the attempt. */
  start(alive) {
    this.alive = alive;
    this.note("opened");
    window.addEventListener("blur", () => this.#begin("focus-lost"));
    window.addEventListener("focus", () => this.#end("focus-lost", "focus-regained"));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#begin("focus-lost");
      else if (document.hasFocus()) this.#end("focus-lost", "focus-regained");
    });
    window.addEventListener("pagehide", () => this.tell());
    this.#timer = setInterval(() => this.tell(), EVERY);
  }

  /** The connection as the room knows it. */
  connection(there) {
    if (!there) this.#begin("offline");
    else this.#end("offline", "reconnected");
  }

  note(kind, seconds = null) {
    if (!this.alive?.() || this.#waiting.length >= MOST) return;
    this.#waiting.push({ id: crypto.randomUUID(), kind, seconds, at: performance.now() });
  }

  /** Tells what waits; what does not arrive waits on, and each event is kept once however often it is told. */
  async tell() {
    if (this.#telling || !this.#waiting.length) return;
    this.#telling = true;
    const sent = this.#waiting.slice(0, AT_ONCE);
    const now = performance.now();
    const events = sent.map(({ id, kind, seconds, at }) => ({ id, kind, seconds, ago: Math.max(0, now - at) / 1000 }));
    const { status } = await this.api.tell(events);
    // Whatever is refused is refused again: it is not told twice.
    if (status === 200 || (status >= 400 && status < 500 && status !== 429)) this.#waiting = this.#waiting.filter((one) => !sent.includes(one));
    this.#telling = false;
  }

  /** Tells the last of it, then stops. */
  async stop() {
    clearInterval(this.#timer);
    await this.tell();
  }

  #begin(kind) {
    if (this.#since.has(kind)) return;
    this.#since.set(kind, performance.now());
    this.note(kind);
  }

  #end(kind, ended) {
    const since = this.#since.get(kind);
    if (since === undefined) return;
    this.#since.delete(kind);
    this.note(ended, Math.round((performance.now() - since) / 1000));
  }
}
