/* Blanks to type into: words, or numbers with their unit beside them. */
import { html, live } from "@lms/lib";

import { Typing, drawPrompt, gapsIn } from "./asking.js";

function entries(response) {
  return response?.entries ?? {};
}

class Entries extends Typing {
  get #numbers() {
    return this.item.type === "numeric";
  }

  render() {
    const there = gapsIn(this.item);
    const below = this.item.fields.filter((field) => !there.includes(field.id));
    return html`<div class="question-prompt prose"></div>
      <p class="question-hint">${this.say(this.#numbers ? "type_number" : "type_words")}</p>
      ${below.map((field, place) => html`<p class="entry-below">${this.#field(field, there.length + place + 1)}</p>`)}`;
  }

  updated() {
    const fields = new Map(this.item.fields.map((field) => [field.id, field]));
    drawPrompt(this.querySelector(".question-prompt"), this.asked, (id, place) => this.#field(fields.get(id), place));
  }

  #field(field, place) {
    const { asked, say } = this;
    const label = say(field.unit ? "blank_unit" : "blank_n", { n: place, unit: field.unit });
    return html`<span class="entry"><input type="text" class="input gap-input" aria-label=${label} maxlength="300" autocomplete="off"
      autocapitalize="off" spellcheck="false" inputmode=${this.#numbers ? "decimal" : "text"} ?disabled=${asked.locked}
      .value=${live(entries(this.response)[field.id] ?? "")} @input=${(event) => this.#write(field.id, event.target.value)} @change=${() => this.asked.left()}>${field.unit ? html`<span aria-hidden="true">${field.unit}</span>` : ""}</span>`;
  }

  #write(id, typed) {
    const { [id]: _, ...others } = entries(this.response);
    this.typed({ entries: typed ? { ...others, [id]: typed } : others });
  }
}

customElements.define("lms-entries", Entries);

const type = {
  nothing: { entries: {} },
  holdsPrompt: true,
  answered: (response) => Object.values(entries(response)).some((typed) => typed.trim()),
  press: () => undefined,
  render: (asked) => html`<lms-entries .asked=${asked}></lms-entries>`,
};

export const textEntry = type;
export const numeric = type;
