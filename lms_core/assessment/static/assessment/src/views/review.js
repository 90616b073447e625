/* Before handing in: what is not answered and what was flagged. */
import { html, nothing } from "@lms/lib";

import { icon, slotButton } from "./parts.js";

export function review(room) {
  const { attempt, say } = room;
  const open = attempt.slots((slot) => !attempt.answered(slot));
  const flagged = attempt.slots((slot) => attempt.flagged(slot));
  const counts = [
    ["count_answered", attempt.items.length - open.length],
    ["count_open", open.length],
    ["count_flagged", flagged.length],
  ];
  return html`<section class="question stack-l" aria-labelledby="review">
      <h2 id="review" tabindex="-1">${say(attempt.isFinal ? "before" : "before_part")}</h2>
      <dl class="review-counts">
        ${counts.map(([name, count]) => html`<div class="review-count"><dt>${say(name)}</dt><dd>${count}</dd></div>`)}
      </dl>
      ${open.length ? group(room, "open_ones", open) : html`<p>${say("all_answered")}</p>`}
      ${flagged.length ? group(room, "flagged_ones", flagged) : nothing}
      ${room.notHandedIn ? html`<p class="exam-trouble" role="alert">${icon("warning")}${whyNot(room) || say("not_now")}</p>` : nothing}
    </section>
    <div class="exam-nav">
      <button type="button" class="button" @click=${() => room.goTo(attempt.slot)}>${icon("previous")}${say("back")}</button>
      ${attempt.isFinal ? handIn(room) : goOn(room)}
    </div>`;
}

function handIn(room) {
  const { attempt, say } = room;
  return html`<button type="button" class="button button-primary" ?disabled=${!attempt.answerable} @click=${() => room.ask()}>
    ${say(attempt.phase === "handing-in" ? "handing_in" : "hand_in")}</button>`;
}

function goOn(room) {
  const { attempt, say } = room;
  return html`<button type="button" class="button button-primary" ?disabled=${!attempt.answerable} @click=${() => room.askToLeave()}>
    ${say("go_on_part")}${icon("next")}</button>`;
}

function group(room, name, slots) {
  return html`<section class="stack-s" aria-labelledby=${name}>
    <h3 id=${name}>${room.say(name)}</h3>
    <ol class="palette-list">${slots.map((slot) => html`<li>${slotButton(room, slot)}</li>`)}</ol>
  </section>`;
}

/** The reasons that handing in was refused for; empty where it was the connection. */
function whyNot(room) {
  return room.attempt.reasons?.join(" ");
}
