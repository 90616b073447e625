/* <lms-exam-room>: the exam room. It draws what the attempt holds, and passes on what people do. */
import { LitElement, html, nothing } from "@lms/lib";

import { ExamApi } from "./api.js";
import { Attempt } from "./attempt.js";
import { isLast, remaining, spoken } from "./clock.js";
import { EventLog } from "./event_log.js";
import { pressed } from "./keys.js";
import { OfflineCopy, eraseOthers } from "./offline_copy.js";
import { goOn } from "./progressing.js";
import { openStore } from "./store.js";
import { bar, lineWords } from "./views/bar.js";
import { keysDialog, leaveDialog, sureDialog } from "./views/dialogs.js";
import { interlude, notices } from "./views/notices.js";
import { palette } from "./views/palette.js";
import { icon } from "./views/parts.js";
import { question } from "./views/question.js";
import { review } from "./views/review.js";
import { introduction, pause } from "./views/sections.js";
import { timeOfDay, wording } from "./words.js";

const TROUBLE = new Set(["offline", "waiting", "refused"]);
const ASKING = new Set(["running", "elsewhere", "handing-in"]);
const VIEWS = { question, review, introduction, pause };
const KEYS_OFF = "lms.exam.keys";

class ExamRoom extends LitElement {
  view = "question";
  timeHidden = false;
  notHandedIn = false;
  keysOn = remembered() !== "off";
  #shown = "";
  #lastMinutes = false;
  #troubled = "";

  /** The site's styles reach what is drawn. */
  createRenderRoot() {
    this.replaceChildren();
    return this;
  }

  connectedCallback() {
    const { attempt, api, forgery, language, token, generation, words, zone } = this.dataset;
    this.spoken = this.dataset.spoken;
    this.say = wording(JSON.parse(words));
    this.clockTime = timeOfDay(language, zone);
    this.api = new ExamApi(api, forgery, language);
    super.connectedCallback();
    this.#begin({ id: attempt, token, generation: Number(generation) });
    document.addEventListener("keydown", (event) => pressed(this, event) && event.preventDefault());
  }

  async #begin(given) {
    const copy = new OfflineCopy(given.id);
    await copy.open();
    this.log = new EventLog(this.api);
    this.attempt = new Attempt({ ...given, api: this.api, store: await openStore(), copy });
    this.attempt.addEventListener("change", () => this.#changed());
    this.attempt.addEventListener("say", ({ detail }) => this.#hear(detail));
    this.attempt.addEventListener("close", () => this.#leave());
    for (const moment of ["online", "focus"]) window.addEventListener(moment, () => this.attempt.look());
    document.addEventListener("visibilitychange", () => document.hidden || this.attempt.look());
    window.addEventListener("beforeunload", (event) => this.#mayLoseAnswers && event.preventDefault());
    setInterval(() => this.#tick(), 1_000);
    await this.attempt.open();
    this.log.start(() => this.attempt.answerable);
    // Only who has seen nothing yet is at the beginning of the first section.
    if (this.attempt.section && this.attempt.seen.size === 1 && this.attempt.slot === 1) this.introduce();
    await this.updateComplete;
    await copy.keepPage({ address: this.dataset.worker, scope: this.dataset.scope });
    await eraseOthers(given.id).catch(() => {});
  }

  /** Whether a question can be looked at now. */
  get isAsking() {
    return ASKING.has(this.attempt?.phase);
  }

  /** Whether the questions are covered: between sections. */
  get isPausing() {
    return this.view === "introduction" || this.view === "pause";
  }

  get #mayLoseAnswers() {
    return !this.attempt.store.lasting && this.attempt.outbox.size > 0;
  }

  render() {
    if (!this.attempt) return nothing;
    if (!this.isAsking) return html`${bar(this)}${interlude(this)}`;
    return html`${bar(this)} ${notices(this)}
      <div class="exam-room-grid">${this.isPausing ? nothing : palette(this)} ${VIEWS[this.view](this)}</div>
      <p class="exam-help"><button type="button" class="button button-quiet button-small" @click=${() => this.showKeys()}>${icon("keyboard")}${this.say("keys")}</button></p>
      ${sureDialog(this)} ${leaveDialog(this)} ${keysDialog(this)}`;
  }

  // ---- what people do ----

  /** What a type of question is asked with. */
  asked() {
    const { item, answers, answerable } = this.attempt;
    const response = answers.get(item.slot)?.response;
    const change = (after, rest) => this.attempt.change(item.slot, { response: after }, rest);
    const left = () => this.attempt.outbox.hurry();
    const tell = (words) => this.#tell(words);
    return { item, response, locked: !answerable || this.attempt.revealed(item.slot), lang: this.spoken, say: this.say, tell, change, left };
  }

  answer(response) {
    this.attempt.change(this.attempt.slot, { response });
  }

  flag() {
    const { slot } = this.attempt;
    const flagged = !this.attempt.flagged(slot);
    this.attempt.change(slot, { flagged });
    this.#tell(this.say(flagged ? "flag_set" : "flag_taken", { n: slot }));
  }

  goTo(slot) {
    const { first, last, isFinal } = this.attempt;
    if (slot > last && !isFinal) return this.#pastTheEnd();
    if (slot < first || slot > last) return;
    this.view = "question";
    this.attempt.visit(slot);
    this.#lookAt("question");
  }

  review() {
    this.view = "review";
    this.notHandedIn = false;
    this.#lookAt("review");
  }

  /** A question that stands alone has nothing to review. */
  #pastTheEnd() {
    if (this.attempt.first === this.attempt.last) this.askToLeave();
    else this.review();
  }

  askToLeave() {
    if (this.attempt.answerable) this.querySelector("#leave").showModal();
  }

  /** The dialog before leaving a part was closed. */
  async left(dialog) {
    if (dialog.returnValue !== "yes") return;
    dialog.returnValue = "";
    const before = this.attempt.section;
    if (!(await goOn(this.attempt))) return;
    const { section } = this.attempt;
    if (section && section.number !== before?.number) this.introduce();
    else this.goTo(this.attempt.first);
  }

  introduce() {
    this.view = "introduction";
    this.#lookAt("introduction");
  }

  pause() {
    this.view = "pause";
    this.#lookAt("pause");
  }

  ask() {
    this.querySelector("#sure").showModal();
  }

  /** The dialog before handing in was closed. */
  async decided(dialog) {
    if (dialog.returnValue !== "yes") return;
    dialog.returnValue = "";
    this.log.tell();
    this.notHandedIn = !(await this.attempt.submit());
    this.requestUpdate();
  }

  takeOver() {
    this.attempt.takeOver();
  }

  dismiss(name) {
    this.attempt.notices.delete(name);
    this.#lookAt(this.view);
  }

  hideTime(hidden) {
    this.timeHidden = hidden;
    this.requestUpdate();
  }

  tellTime() {
    const { left, deadline } = this.attempt.time;
    this.#tell(this.say("told_time", { time: spoken(left, this.say), end: this.clockTime(deadline) }));
  }

  showKeys() {
    this.querySelector("#keys").showModal();
  }

  useKeys(on) {
    this.keysOn = on;
    remember(on ? "on" : "off");
    this.requestUpdate();
  }

  // ---- what the attempt tells ----

  #tick() {
    this.attempt.tick();
    const { left } = this.attempt.time;
    if (isLast(left) && !this.#lastMinutes) this.timeHidden = false;
    this.#lastMinutes = isLast(left);
    const shown = remaining(left, this.say);
    if (shown !== this.#shown) this.requestUpdate();
    this.#shown = shown;
  }

  #changed() {
    this.requestUpdate();
    const line = this.attempt.line.said;
    this.log.connection(line?.state !== "offline");
    const state = TROUBLE.has(line?.state) ? line.state : "";
    // Each answer is saved quietly; that saving fails, and that it works again, is said.
    if (state === this.#troubled || line?.state === "saving") return;
    this.#troubled = state;
    this.#tell(line ? lineWords(line, this.say, this.clockTime) : this.say("back_online"));
  }

  #hear({ name, values }) {
    if (name === "threshold") return this.#tell(values.n === 1 ? this.say("threshold_last") : this.say(name, values));
    const end = this.clockTime(this.attempt.time[name === "over" ? "closesAt" : "deadline"]);
    this.#tell(name === "over" ? `${this.say("over_title")}. ${this.say("over", { end })}` : this.say(name, { end }));
  }

  /** Words for those who listen; politely, after what is being read. */
  #tell(words) {
    const live = document.getElementById("live");
    live.textContent = "";
    setTimeout(() => (live.textContent = words), 50);
  }

  /** To the report, unless something has to be read first. */
  #leave() {
    if (!this.attempt.late.length) location.replace(this.dataset.report);
  }

  async #lookAt(id) {
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector(`#${id}`)?.focus({ preventScroll: true });
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView();
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEYS_OFF);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(KEYS_OFF, value);
  } catch {
    // Without storage the choice holds for this window.
  }
}

customElements.define("lms-exam-room", ExamRoom);
