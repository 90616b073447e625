/* While practising: the solution of a question, once it was asked for. Its answer is final from then on. */
import { html, nothing, unsafeHTML } from "@lms/lib";

import { reveal } from "../revealing.js";
import { icon } from "./parts.js";

export function solution(room) {
  const { attempt, say } = room;
  if (!attempt.practises) return nothing;
  const told = attempt.solutions.get(attempt.slot);
  return told ? shown(room, told) : asking(attempt, say);
}

function asking(attempt, say) {
  return html`<div class="cluster solution">
    <button type="button" class="button" ?disabled=${!attempt.answerable} @click=${() => reveal(attempt, attempt.slot)}>${icon("check")}${say("reveal")}</button>
    ${attempt.revealed(attempt.slot) ? nothing : html`<span class="subtle small">${say("reveal_locks")}</span>`}
  </div>`;
}

function shown({ attempt, say, spoken }, told) {
  const tone = told.correct ? "success" : "warning";
  return html`<section class="notice tone-${tone} solution" aria-labelledby="solution">
    ${icon(tone)}
    <div class="notice-body">
      <h3 class="notice-title" id="solution" tabindex="-1">${say(told.correct ? "solution_right" : "solution_wrong")}</h3>
      ${choices(told.choices ?? [], attempt.answers.get(attempt.slot)?.response.choices ?? [], say, spoken)}
      <div class="prose" lang=${spoken}>${unsafeHTML(told.explanation_html)}</div>
      ${told.references.map((one) => html`<p class="small"><a href=${one.url} target="_blank" rel="noopener">${one.title}</a></p>`)}
    </div>
  </section>`;
}

/** The right choices and the picked ones, each with why. */
function choices(all, picked, say, spoken) {
  const told = all.filter((one) => one.correct || picked.includes(one.id));
  return told.map((one) => html`<div lang=${spoken}>
    <p><strong>${say(one.correct ? "solution_key" : "solution_picked")}</strong> ${unsafeHTML(one.html)}</p>
    <div class="prose">${unsafeHTML(one.feedback_html ?? "")}</div>
  </div>`);
}
