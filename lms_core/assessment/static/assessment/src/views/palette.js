/* Every question at a glance. */
import { html } from "@lms/lib";

import { slotButton } from "./parts.js";

export function palette(room) {
  const { attempt, say } = room;
  const answered = attempt.slots((slot) => attempt.answered(slot)).length;
  return html`<nav class="palette" aria-label=${say("questions")}>
    <h2 class="palette-title">${say("progress", { n: answered, total: attempt.items.length })}</h2>
    <ol class="palette-list">${attempt.items.map(({ slot }) => html`<li>${slotButton(room, slot)}</li>`)}</ol>
    <ul class="palette-key" aria-hidden="true">
      <li><span class="slot slot-answered"></span>${say("key_answered")}</li>
      <li><span class="slot slot-seen"></span>${say("key_seen")}</li>
      <li><span class="slot"></span>${say("key_unseen")}</li>
      <li><span class="slot slot-seen slot-flagged"></span>${say("key_flagged")}</li>
    </ul>
    <button type="button" class="button exam-review-open" @click=${() => room.review()}>${say(attempt.isFinal ? "review" : "review_part")}</button>
  </nav>`;
}
