/* The question, its choices, and the way on. */
import { html, keyed, nothing, unsafeHTML } from "@lms/lib";

import { itemType } from "../types/registry.js";
import { caseOf } from "./case.js";
import { icon } from "./parts.js";
import { solution } from "./solution.js";

export function question(room) {
  const { attempt, say, spoken } = room;
  const { item } = attempt;
  const type = itemType(item);
  const asked = html`<section class="question" aria-labelledby="question">
      <h2 class="question-number" id="question" tabindex="-1">${say("position", { n: item.slot, total: attempt.total })}</h2>
      ${keyed(
        item.slot,
        html`${type.holdsPrompt ? nothing : html`<div class="question-prompt prose" lang=${spoken}>${unsafeHTML(item.prompt_html)}</div>`}
          ${type.render(room.asked())}`,
      )}
      ${solution(room)}
    </section>`;
  return html`${item.group ? html`<div class="question-with-case">${caseOf(room)}${asked}</div>` : asked} ${way(room)}`;
}

function way(room) {
  const { attempt, say } = room;
  const first = attempt.slot === attempt.first;
  return html`<div class="exam-nav">
    <button type="button" class="button" ?disabled=${first} @click=${() => room.goTo(attempt.slot - 1)}>${icon("previous")}${say("previous")}</button>
    <button type="button" class="button flag-button" aria-pressed=${attempt.flagged(attempt.slot) ? "true" : "false"}
      ?disabled=${!attempt.answerable || attempt.revealed(attempt.slot)} @click=${() => room.flag()}>${icon("flag")}${say("flag")}</button>
    ${on(room)}
  </div>`;
}

/** To the next question; at the end of what is open to its review, and from a question that stands alone straight on. */
function on(room) {
  const { attempt, say } = room;
  if (attempt.slot < attempt.last || (attempt.first === attempt.last && !attempt.isFinal))
    return html`<button type="button" class="button button-primary" @click=${() => room.goTo(attempt.slot + 1)}>${say("next")}${icon("next")}</button>`;
  return html`<button type="button" class="button button-primary" @click=${() => room.review()}>${say(attempt.isFinal ? "review" : "review_part")}</button>`;
}
