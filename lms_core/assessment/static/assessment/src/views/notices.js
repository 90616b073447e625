/* What stands above the question: another device, a lost session, a moved deadline. It never covers the question. */
import { html, nothing } from "@lms/lib";

import { listed } from "../words.js";
import { icon, notice } from "./parts.js";

const CLOSING = new Set(["moved", "overtaken", "unkept", "not_left"]);

export function notices(room) {
  const { attempt } = room;
  const shown = [...attempt.notices].map(([name, told]) => one(room, name, told));
  return html`<div class="exam-notices" aria-live="polite">
    ${attempt.phase === "elsewhere" ? elsewhere(room) : nothing}${shown}
  </div>`;
}

function one(room, name, { tone, slots = [] }) {
  const values = { slots: listed(slots), end: room.clockTime(room.attempt.time.deadline) };
  const actions = CLOSING.has(name)
    ? html`<button type="button" class="button button-small" @click=${() => room.dismiss(name)}>${room.say("understood")}</button>`
    : html`<a class="button button-small" href=${room.dataset.signIn} target="_blank">${room.say("sign_in")}</a>`;
  return notice({ tone, title: room.say(`${name}_title`, values), text: room.say(name, values), actions: html`<p>${actions}</p>` });
}

function elsewhere(room) {
  const actions = html`<p><button type="button" class="button button-primary" @click=${() => room.takeOver()}>${room.say("take_over")}</button></p>`;
  return notice({ tone: "warning", title: room.say("elsewhere_title"), text: room.say("elsewhere"), actions });
}

/** The whole room says one thing: the exam cannot be opened, time is up, or it is handed in. */
export function interlude(room) {
  const { attempt, say } = room;
  const values = { end: room.clockTime(attempt.time.closesAt), n: attempt.outbox.size, slots: listed(attempt.late) };
  const said = SAID[attempt.phase];
  return html`<section class="exam-interlude stack" aria-labelledby="interlude">
    ${icon(said.icon)}
    <h2 id="interlude" tabindex="-1">${say(said.title, values)}</h2>
    ${said.text ? html`<p>${say(said.text, values)}</p>` : nothing}
    ${attempt.phase === "over" && attempt.outbox.size ? html`<p class="subtle">${say("over_waiting", values)}</p>` : nothing}
    ${attempt.late.length ? notice({ tone: "warning", title: say("late_title", values), text: say("late") }) : nothing}
    ${said.action ? said.action(room) : nothing}
  </section>`;
}

const SAID = {
  opening: { icon: "clock", title: "loading" },
  unreachable: { icon: "warning", title: "unreachable_title", text: "unreachable" },
  failed: { icon: "danger", title: "failed_title", text: "failed", action: again },
  over: { icon: "clock", title: "over_title", text: "over" },
  "handed-in": { icon: "success", title: "handed_in", action: toReport },
};

function again(room) {
  const { say, attempt, dataset } = room;
  return attempt.signedOut
    ? html`<p><a class="button button-primary" href=${dataset.signIn}>${say("sign_in")}</a></p>`
    : html`<p><a class="button button-primary" href="">${say("reload")}</a></p>`;
}

function toReport({ say, dataset }) {
  return html`<p><a class="button button-primary button-large" href=${dataset.report}>${say("report")}</a></p>`;
}
