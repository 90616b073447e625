/* Between sections: what comes next, and a pause during which the questions are covered. */
import { html, nothing } from "@lms/lib";

import { icon } from "./parts.js";

export function introduction(room) {
  const { attempt, say } = room;
  const { number, title, introduction: words, returns, from, to } = attempt.section;
  return html`<section class="question stack" aria-labelledby="introduction">
      <p class="question-hint">${say("section_of", { n: number, total: attempt.sections.length })}</p>
      <h2 id="introduction" tabindex="-1">${title}</h2>
      ${words ? html`<p>${words}</p>` : nothing}
      <p>${say("section_slots", { first: from, last: to })}</p>
      ${returns || attempt.practises ? nothing : html`<p><strong>${say("section_locks")}</strong></p>`}
    </section>
    <div class="exam-nav">
      ${attempt.breaks && number > 1 ? html`<button type="button" class="button" @click=${() => room.pause()}>${say("take_break")}</button>` : nothing}
      <button type="button" class="button button-primary" @click=${() => room.goTo(attempt.slot)}>${say("section_begin")}${icon("next")}</button>
    </div>`;
}

/** The clock stands in the bar above, and goes on. */
export function pause(room) {
  const { say } = room;
  return html`<section class="question stack" aria-labelledby="pause">
      <h2 id="pause" tabindex="-1">${say("break_title")}</h2>
      <p>${say("break_runs")}</p>
    </section>
    <div class="exam-nav">
      <button type="button" class="button button-primary" @click=${() => room.introduce()}>${say("break_end")}</button>
    </div>`;
}
