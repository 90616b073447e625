/* What single and multiple choice share: a list of large targets, each with the digit that picks it. */
import { html, live, repeat, unsafeHTML } from "@lms/lib";

import { inline } from "../words.js";

export const NOTHING = { choices: [] };

export function picked(response) {
  return response?.choices ?? [];
}

/** `kind` is "radio" or "checkbox"; `pick(id)` gives the response after that choice was used. */
export function choiceList({ item, response, locked, lang, change }, kind, hint, pick) {
  return html`<fieldset class="answers" ?disabled=${locked}>
    <legend class="question-hint">${hint}</legend>
    ${repeat(
      item.choices,
      (one) => one.id,
      (one, place) => html`<label class="answer">
        <input type=${kind} name="answer-${item.slot}" value=${one.id} .checked=${live(picked(response).includes(one.id))}
          @change=${() => change(pick(one.id))}>
        <span class="answer-key" aria-hidden="true">${place + 1}</span>
        <span class="answer-text" lang=${lang}>${unsafeHTML(inline(one.html))}</span>
      </label>`,
    )}
  </fieldset>`;
}
