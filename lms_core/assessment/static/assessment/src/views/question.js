/* The question, its choices, and the way on. */
import { html, keyed, unsafeHTML } from "@lms/lib";

import { itemType } from "../types/registry.js";
import { icon } from "./parts.js";

export function question(room) {
  const { attempt, say, spoken } = room;
  const { item } = attempt;
  return html`<section class="question" aria-labelledby="question">
      <h2 class="question-number" id="question" tabindex="-1">${say("position", { n: item.slot, total: attempt.total })}</h2>
      ${keyed(
        item.slot,
        html`<div class="question-prompt prose" lang=${spoken}>${unsafeHTML(item.prompt_html)}</div>
          ${itemType(item).render(room.asked())}`,
      )}
    </section>
    ${way(room)}`;
}

function way(room) {
  const { attempt, say } = room;
  const first = attempt.slot === 1;
  const last = attempt.slot === attempt.total;
  return html`<div class="exam-nav">
    <button type="button" class="button" ?disabled=${first} @click=${() => room.goTo(attempt.slot - 1)}>${icon("previous")}${say("previous")}</button>
    <button type="button" class="button flag-button" aria-pressed=${attempt.flagged(attempt.slot) ? "true" : "false"}
      ?disabled=${!attempt.answerable} @click=${() => room.flag()}>${icon("flag")}${say("flag")}</button>
    ${last
      ? html`<button type="button" class="button button-primary" @click=${() => room.review()}>${say("review")}</button>`
      : html`<button type="button" class="button button-primary" @click=${() => room.goTo(attempt.slot + 1)}>${say("next")}${icon("next")}</button>`}
  </div>`;
}
