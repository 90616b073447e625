/* Drop-down lists: in the sentence, or as the settings of a form. */
import { html, unsafeHTML } from "@lms/lib";

import { Asking, drawPrompt, dropDown, gapsIn } from "./asking.js";

function selections(response) {
  return response?.selections ?? {};
}

class Lists extends Asking {
  select(list, choice) {
    const { [list]: _, ...others } = selections(this.asked.response);
    this.asked.change({ selections: choice ? { ...others, [list]: choice } : others });
  }

  list(one, label) {
    const { asked, say } = this;
    const chosen = selections(asked.response)[one.id];
    const pick = (choice) => this.select(one.id, choice);
    return dropDown({ parts: one.choices, chosen, label, locked: asked.locked, say, lang: asked.lang, pick });
  }
}

class InlineChoice extends Lists {
  render() {
    return html`<div class="question-prompt prose"></div><p class="question-hint">${this.say("select_each")}</p>`;
  }

  updated() {
    const lists = new Map(this.item.lists.map((one) => [one.id, one]));
    drawPrompt(this.querySelector(".question-prompt"), this.asked, (id, place) => this.list(lists.get(id), this.say("list_n", { n: place })));
  }
}

class HotArea extends Lists {
  render() {
    const { asked, item, say } = this;
    const picture = item.picture;
    return html`${picture
        ? html`<img class="hot-picture" src=${picture.source} alt=${picture.alt} width=${picture.width} height=${picture.height} lang=${asked.lang}>`
        : ""}
      <p class="question-hint">${say("select_each")}</p>
      <div class="hot-area">
        ${item.lists.map(
          (one, place) => html`<label class="hot-setting"><span lang=${asked.lang}>${one.label ? unsafeHTML(one.label_html) : say("list_n", { n: place + 1 })}</span>${this.list(one)}</label>`,
        )}
      </div>`;
  }
}

customElements.define("lms-inline-choice", InlineChoice);
customElements.define("lms-hot-area", HotArea);

const shared = {
  nothing: { selections: {} },
  answered: (response) => Object.keys(selections(response)).length > 0,
  press: () => undefined,
};

export const inlineChoice = {
  ...shared,
  holdsPrompt: true,
  render: (asked) => html`<lms-inline-choice .asked=${asked}></lms-inline-choice>`,
};

/** Settings may as well stand in the sentence. */
export const hotArea = {
  ...shared,
  render: (asked) => (gapsIn(asked.item).length ? inlineChoice.render(asked) : html`<lms-hot-area .asked=${asked}></lms-hot-area>`),
};
