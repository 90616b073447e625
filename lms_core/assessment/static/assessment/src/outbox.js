/*
 * Answers on their way: each stays here until the server's receipt for it has come, and is sent again until then.
 * One answer a slot is under way at a time, a few slots at once; a newer answer of a slot replaces the older.
 */
const AT_ONCE = 4;
const SOONEST = 1_000;
const LATEST = 15_000;
const FINAL = new Set(["session-superseded", "deadline-passed", "attempt-closed"]);
const REFUSED = new Set([404, 409, 413, 415, 422]);

export class Outbox extends EventTarget {
  #waiting = new Map();
  #underWay = new Set();
  #resting = new Map();
  #store;
  #send;
  #timer = null;
  #failures = 0;
  #notBefore = 0;
  #stopped = true;

  /** `send(answer)` answers as api.js does. Tells by events: "receipt", "trouble", "refused", "final". */
  constructor(store, send) {
    super();
    this.#store = store;
    this.#send = send;
  }

  /** How many answers wait for a receipt. */
  get size() {
    return this.#waiting.size;
  }

  get slots() {
    return [...this.#waiting.keys()];
  }

  has(slot) {
    return this.#waiting.has(slot);
  }

  /** Takes up what this device kept of an earlier visit. */
  load(answer) {
    this.#waiting.set(answer.slot, answer);
  }

  /** Keeps an answer on this device at once, and sends it when no newer one came for `rest` ms. */
  async put(answer, rest = 0) {
    this.#waiting.set(answer.slot, answer);
    this.#rest(answer.slot, rest);
    await this.#store.keep(answer);
    this.wake();
  }

  async drop(slot, attempt) {
    this.#waiting.delete(slot);
    await this.#store.drop(attempt, slot);
  }

  /** Sends what was resting: nobody goes on typing there. */
  hurry() {
    for (const slot of this.#resting.keys()) this.#rest(slot, 0);
    this.wake();
  }

  start() {
    this.#stopped = false;
    this.wake();
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Sends now whatever waits. */
  wake() {
    clearTimeout(this.#timer);
    const wait = this.#notBefore - performance.now();
    if (wait > 0) return void (this.#timer = setTimeout(() => this.wake(), wait));
    for (const answer of this.#waiting.values()) {
      if (this.#stopped || this.#underWay.size >= AT_ONCE) return;
      if (!this.#underWay.has(answer.slot) && !this.#resting.has(answer.slot)) this.#deliver(answer);
    }
  }

  /** Waits until nothing waits any more, or `patience` ms are over; whether all arrived. */
  async emptied(patience) {
    const end = performance.now() + patience;
    this.hurry();
    while (this.size && !this.#stopped && performance.now() < end) await new Promise((go) => setTimeout(go, 50));
    return this.size === 0;
  }

  #rest(slot, rest) {
    clearTimeout(this.#resting.get(slot));
    this.#resting.delete(slot);
    if (rest) this.#resting.set(slot, setTimeout(() => this.#rested(slot), rest));
  }

  #rested(slot) {
    this.#resting.delete(slot);
    this.wake();
  }

  async #deliver(answer) {
    this.#underWay.add(answer.slot);
    const heard = await this.#send(answer);
    this.#underWay.delete(answer.slot);
    if (heard.status === 200) await this.#received(answer, heard);
    else if (FINAL.has(heard.problem) || heard.status === 401) this.#end(answer, heard);
    else if (REFUSED.has(heard.status)) await this.#refused(answer, heard);
    else this.#later(heard);
  }

  async #received(answer, heard) {
    this.#failures = 0;
    const latest = this.#waiting.get(answer.slot);
    if (latest && latest.sequence <= heard.body.sequence) await this.drop(answer.slot, answer.attempt);
    this.#tell("receipt", { answer, heard });
    this.wake();
  }

  #end(answer, heard) {
    this.stop();
    this.#tell("final", { answer, heard, problem: heard.problem || "session-superseded" });
  }

  async #refused(answer, heard) {
    await this.drop(answer.slot, answer.attempt);
    this.#tell("refused", { answer, heard });
    this.wake();
  }

  /** Waits longer each time, and never all devices of a room at once. */
  #later(heard) {
    if (this.#underWay.size === 0) this.#failures += 1;
    const backoff = Math.min(LATEST, SOONEST * 2 ** (this.#failures - 1));
    this.#notBefore = Math.max(this.#notBefore, performance.now() + heard.retryAfter);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), Math.max(heard.retryAfter, backoff * (0.75 + Math.random() / 2)));
    this.#tell("trouble", { heard });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
