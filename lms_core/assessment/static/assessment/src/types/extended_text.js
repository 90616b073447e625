/* Written freely: a large field, and how many words stand in it. */
import { html, live } from "@lms/lib";

import { Typing } from "./asking.js";

class ExtendedText extends Typing {
  render() {
    const { asked, item, say } = this;
    const typed = this.response?.text ?? "";
    const count = words(typed);
    return html`<label class="essay"><span class="question-hint">${say(hint(item), { least: item.least_words, most: item.most_words })}</span>
        <textarea class="input essay-text" rows="12" maxlength="10000" ?disabled=${asked.locked} aria-describedby=${`count-${item.slot}`}
          .value=${live(typed)} @input=${(event) => this.#write(event.target.value)} @change=${() => this.asked.left()}></textarea></label>
      <p class="question-hint" id=${`count-${item.slot}`}>${say("word_count", { n: count })}</p>`;
  }

  #write(text) {
    this.typed({ text });
  }
}

customElements.define("lms-extended-text", ExtendedText);

function words(text) {
  return text.trim() ? text.trim().split(/\s+/).length : 0;
}

function hint({ least_words: least, most_words: most }) {
  if (least && most) return "write_between";
  if (most) return "write_most";
  return least ? "write_least" : "write_freely";
}

export const extendedText = {
  nothing: { text: "" },
  answered: (response) => Boolean(response?.text?.trim()),
  press: () => undefined,
  render: (asked) => html`<lms-extended-text .asked=${asked}></lms-extended-text>`,
};
