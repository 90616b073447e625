/*
 * One attempt as this page holds it: its questions and answers, its clock, whether this device may answer, and what is
 * to be said about it. It draws nothing; whoever draws listens to "change", and to "say" for words that are spoken.
 */
import { isPassing } from "./api.js";
import { Countdown } from "./clock.js";
import { Outbox } from "./outbox.js";
import { lateOnes, sortKept } from "./reconcile.js";
import { Paper } from "./paper.js";
import { resume } from "./resuming.js";
import { SaveLine } from "./save_line.js";
import { Watch } from "./watch.js";
import { onlyWindow, takeWindow } from "./window_lock.js";

const AGAIN = 3_000;
const HANDING_IN = 12_000;

export class Attempt extends Paper {
  /** opening, unreachable, failed, running, elsewhere (read only), over (time is up), handing-in, handed-in */
  phase = "opening";
  line = new SaveLine();
  /** What stands above the question, by its name: {tone, slots}. */
  notices = new Map();
  /** The slots whose answers came after the end. */
  late = [];
  signedOut = false;
  time = new Countdown();

  #generation;
  #token;
  #alone = null;
  #before = "running";
  #watch = new Watch(() => this.look());

  constructor({ id, api, store, copy, token, generation }) {
    super();
    Object.assign(this, { id, api, store, copy });
    this.#token = token;
    this.#generation = generation;
    this.outbox = new Outbox(store, (answer) => this.api.save(this.#token, answer));
    this.outbox.addEventListener("receipt", ({ detail }) => this.#receipt(detail));
    this.outbox.addEventListener("trouble", ({ detail }) => this.#trouble(detail));
    this.outbox.addEventListener("refused", ({ detail }) => this.#refused(detail));
    this.outbox.addEventListener("final", ({ detail }) => this.#final(detail));
  }

  get answerable() {
    return this.phase === "running";
  }

  // ---- opening, and coming back ----

  async open() {
    const kept = await this.store.session(this.id);
    if (kept?.generation >= this.#generation) [this.#token, this.#generation] = [kept.token, kept.generation];
    for (const slot of kept?.seen ?? []) this.seen.add(slot);
    this.slot = kept?.slot ?? 1;
    this.#alone ??= await onlyWindow(this.id, () => this.#overtakenHere());
    const body = await this.#load(() => resume(this));
    if (!body) return;
    if (this.#alone && this.#token && body.generation === this.#generation) await this.#run();
    else this.#elsewhere();
  }

  /** The paper from the server; while it cannot answer, from where `otherwise` finds one. */
  async #load(otherwise = () => null) {
    const heard = await this.api.sitting();
    if (heard.status !== 200) return (isPassing(heard) && (await otherwise())) || this.#notOpened(heard);
    this.fill(heard.body);
    this.#told(heard);
    if (heard.body.state === "open") await this.copy.keepPaper(heard.body);
    return heard.body;
  }

  #notOpened(heard) {
    const passing = isPassing(heard);
    this.signedOut = heard.status === 401;
    this.phase = passing ? "unreachable" : "failed";
    if (passing) setTimeout(() => this.open(), Math.max(heard.retryAfter, AGAIN));
    this.changed();
  }

  async #run() {
    await this.#takeUp(await this.store.answers(this.id));
    if (this.phase === "handed-in") return;
    this.phase = "running";
    if (!this.store.lasting) this.notices.set("unkept", { tone: "warning" });
    this.outbox.start();
    this.visit(this.slot);
    this.#watch.again();
  }

  /** Lets what this device kept stand beside what the server has; tells of answers that another device changed. */
  async #takeUp(kept) {
    const { device, server, overtaken } = sortKept(kept, this.answers, this.#generation);
    for (const answer of device) this.answers.set(answer.slot, answer);
    for (const answer of device) this.outbox.load(answer);
    for (const answer of [...server, ...overtaken]) await this.outbox.drop(answer.slot, this.id);
    const slots = overtaken.map((answer) => answer.slot);
    if (slots.length) this.notices.set("overtaken", { tone: "warning", slots });
  }

  /** Asks the server how things stand. Runs every few seconds, and at once when the page is looked at again. */
  async look() {
    this.#watch.stop();
    if (!["running", "elsewhere", "over", "handing-in"].includes(this.phase)) return;
    const heard = await this.api.clock();
    if (heard.status === 200) this.#reached(heard);
    else if (heard.status === 401) this.#signed(false);
    else this.#trouble({ heard });
    if (this.phase !== "handed-in") this.#watch.again();
  }

  #reached(heard) {
    this.#signed(true);
    this.#told(heard);
    this.outbox.wake();
    if (this.outbox.size === 0) this.line.back();
    this.changed();
  }

  // ---- answering ----

  visit(slot) {
    this.slot = this.within(slot);
    this.outbox.hurry();
    this.seen.add(this.slot);
    this.#remember();
    this.changed();
  }

  /** Changes the answer of a slot: {response}, {flagged}, or both; it is sent when nothing changed for `rest` ms. */
  change(slot, changes, rest = 0) {
    if (!this.answerable || this.revealed(slot)) return;
    const before = this.answer(slot);
    // What the server had when this device began to differ from it: see reconcile.js.
    const base = this.outbox.has(slot) ? before.base : before.sequence;
    const after = { ...before, ...changes, sequence: before.sequence + 1, base };
    this.answers.set(slot, after);
    const { sequence, response, flagged } = after;
    const whose = { attempt: this.id, slot, generation: this.#generation };
    this.outbox.put({ ...whose, sequence, base, response, flagged, at: Date.now() }, rest);
    this.line.saving();
    this.changed();
  }

  #receipt({ answer, heard }) {
    const known = this.answers.get(answer.slot)?.sequence ?? 0;
    if (heard.body.sequence > known) return void this.#resync();
    this.copy.keepReceipt(answer);
    this.#heard(heard);
    if (this.outbox.size === 0) this.line.saved(heard.body.saved_at);
    this.#watch.again();
    this.changed();
  }

  /** Somebody else answers with higher sequences, such as a program with the person's own token. */
  async #resync() {
    if (await this.#load()) await this.#takeUp(await this.store.answers(this.id));
    this.changed();
  }

  #trouble({ heard }) {
    this.line.away(heard.status, this.store.lasting);
    this.changed();
  }

  #refused({ answer }) {
    this.line.refused(answer.slot);
    this.changed();
  }

  #final({ problem }) {
    if (problem === "session-superseded") this.#elsewhere();
    else this.look();
  }

  // ---- where one may answer ----

  #elsewhere() {
    if (this.phase === "handed-in") return;
    this.outbox.stop();
    this.phase = "elsewhere";
    this.line.clear();
    this.#watch.again();
    this.changed();
  }

  #overtakenHere() {
    this.#alone = false;
    this.#elsewhere();
  }

  /** Lets this device answer, if the server agrees. */
  async takeOver() {
    const heard = await this.api.takeOver();
    if (heard.status === 200) return this.#taken(heard.body);
    if (heard.status === 401) this.#signed(false);
    else if (heard.status === 409) await this.look();
    else this.#trouble({ heard });
  }

  async #taken({ save_token: token, generation }) {
    [this.#token, this.#generation] = [token, generation];
    if (!this.#alone) this.#alone = await takeWindow(this.id, () => this.#overtakenHere());
    if (!(await this.#load())) return;
    await this.#run();
    this.say("taken");
  }

  // ---- time ----

  #told(heard) {
    if (!this.#heard(heard)) return;
    if (heard.body.state !== "open") this.#close();
    else if (this.answerable && heard.body.generation > this.#generation) this.#elsewhere();
  }

  #heard(heard) {
    const told = this.time.hear(heard.body, heard);
    if (told && this.phase === "over" && this.time.left > 0) {
      this.phase = this.#before;
      if (this.answerable) this.outbox.start();
    }
    if (told !== "moved") return told;
    this.copy.keepTime(heard.body);
    this.notices.set("moved", { tone: "success" });
    this.say("moved");
    this.changed();
    return told;
  }

  /** Once a second: thresholds are told, and at the end the room closes. */
  tick() {
    const passed = this.time.passed();
    if (passed && ["running", "elsewhere"].includes(this.phase)) this.say("threshold", { n: passed });
    if (this.time.left === 0 && ["running", "elsewhere"].includes(this.phase)) {
      this.#before = this.phase;
      this.phase = "over";
      this.say("over");
      this.changed();
    }
    if (this.phase === "over" && this.time.isClosed) this.#soon();
  }

  /** The server is about to hand in, or just did: look at once, not in a few seconds. */
  #soon() {
    this.time.closesAt += 1_000;
    this.look();
  }

  // ---- handing in ----

  /** Sends what waits, then hands in; whether it is. */
  async submit() {
    this.phase = "handing-in";
    this.reasons = [];
    this.changed();
    const heard = (await this.outbox.emptied(HANDING_IN)) ? await this.api.submit() : null;
    if (heard?.status === 200) await this.#close();
    if (heard?.status === 401) this.#signed(false);
    // Refused before time is up: the server says why, in the reader's language.
    if (heard?.status === 409) this.reasons = (heard.body.reasons ?? []).map((one) => one.reason);
    if (this.phase === "handing-in") this.phase = "running";
    this.changed();
    return this.phase === "handed-in";
  }

  async #close() {
    this.outbox.stop();
    this.phase = "handed-in";
    this.#watch.stop();
    this.late = await lateOnes(this);
    await this.store.forget(this.id);
    await this.copy.erase();
    this.dispatchEvent(new Event("close"));
    this.changed();
  }

  // ---- telling ----

  #signed(inside) {
    if (this.signedOut === !inside) return;
    this.signedOut = !inside;
    if (inside) this.notices.delete("signed_out");
    else this.notices.set("signed_out", { tone: "warning" });
    if (!inside) this.copy.erase();
    this.changed();
  }

  #remember() {
    if (!this.#token) return;
    const where = { slot: this.slot, seen: [...this.seen] };
    this.store.keepSession({ attempt: this.id, token: this.#token, generation: this.#generation, ...where });
  }
}
