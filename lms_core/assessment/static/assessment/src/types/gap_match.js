/* Texts put into the gaps of a sentence: each gap is a drop-down list of the texts. */
import { html } from "@lms/lib";

import { Asking, drawPrompt, dropDown } from "./asking.js";

function pairs(response) {
  return response?.pairs ?? [];
}

class GapMatch extends Asking {
  render() {
    return html`<div class="question-prompt prose"></div><p class="question-hint">${this.say(this.item.per_text === 1 ? "fill_once" : "fill_gaps")}</p>`;
  }

  updated() {
    const { asked, item, say } = this;
    drawPrompt(this.querySelector(".question-prompt"), asked, (gap, place) => {
      const chosen = pairs(asked.response).find((pair) => pair.target === gap)?.source;
      const pick = (text) => this.#place(gap, text);
      const label = say("gap_n", { n: place });
      return dropDown({ parts: item.texts, chosen, label, locked: asked.locked, say, lang: asked.lang, pick });
    });
  }

  /** A text that stands in another gap moves, where each is used once. */
  #place(gap, text) {
    const once = this.item.per_text === 1;
    const others = pairs(this.asked.response).filter((pair) => pair.target !== gap && !(once && pair.source === text));
    this.asked.change({ pairs: text ? [...others, { source: text, target: gap }] : others });
  }
}

customElements.define("lms-gap-match", GapMatch);

export const gapMatch = {
  nothing: { pairs: [] },
  holdsPrompt: true,
  answered: (response) => pairs(response).length > 0,
  press: () => undefined,
  render: (asked) => html`<lms-gap-match .asked=${asked}></lms-gap-match>`,
};
