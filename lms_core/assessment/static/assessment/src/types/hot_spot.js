/* Regions of a picture: picked in the picture by pointer, or by name in the list below, which is the whole answer by ear. */
import { html, live, svg } from "@lms/lib";

import { Asking } from "./asking.js";
import { NOTHING, picked } from "./choices.js";

class HotSpot extends Asking {
  render() {
    const { asked, item, say } = this;
    const { picture } = item;
    const one = item.most === 1;
    return html`<div class="hot-spot">
        <img class="hot-picture" src=${picture.source} alt=${picture.alt} width=${picture.width} height=${picture.height} lang=${asked.lang}>
        <svg class="hot-areas" viewBox=${`0 0 ${picture.width} ${picture.height}`} aria-hidden="true">
          ${item.areas.map((area, place) => this.#drawn(area, place))}
        </svg>
      </div>
      <fieldset class="answers answers-short" ?disabled=${asked.locked}>
        <legend class="question-hint">${say(one ? "spot_one" : "spot_all")}</legend>
        ${item.areas.map(
          (area, place) => html`<label class="answer">
            <input type=${one ? "radio" : "checkbox"} name="answer-${item.slot}" .checked=${live(this.#has(area.id))} @change=${() => this.#pick(area.id)}>
            <span class="answer-key" aria-hidden="true">${place + 1}</span><span class="answer-text" lang=${asked.lang}>${area.text}</span></label>`,
        )}
      </fieldset>`;
  }

  #drawn(area, place) {
    const [x, y] = middle(area);
    return svg`<g class=${this.#has(area.id) ? "hot-region hot-region-picked" : "hot-region"} @click=${() => this.#pick(area.id)}>
      ${shape(area)}<text x=${x} y=${y} text-anchor="middle" dominant-baseline="central">${place + 1}</text></g>`;
  }

  #has(id) {
    return picked(this.asked.response).includes(id);
  }

  #pick(id) {
    if (!this.asked.locked) this.asked.change(pickedAfter(this.asked, id));
  }
}

customElements.define("lms-hot-spot", HotSpot);

function shape({ shape: kind, coordinates: [a, b, c, d], coordinates }) {
  if (kind === "circle") return svg`<circle cx=${a} cy=${b} r=${c}></circle>`;
  if (kind === "rect") return svg`<rect x=${a} y=${b} width=${c - a} height=${d - b}></rect>`;
  return svg`<polygon points=${coordinates.join(" ")}></polygon>`;
}

function middle({ shape: kind, coordinates: [a, b, c, d], coordinates }) {
  if (kind === "circle") return [a, b];
  if (kind === "rect") return [(a + c) / 2, (b + d) / 2];
  const mean = (from) => coordinates.filter((_, place) => place % 2 === from).reduce((sum, one) => sum + one) / (coordinates.length / 2);
  return [mean(0), mean(1)];
}

function pickedAfter({ item, response }, id) {
  const before = picked(response);
  if (before.includes(id)) return { choices: before.filter((one) => one !== id) };
  return { choices: item.most === 1 ? [id] : [...before, id] };
}

export const hotSpot = {
  nothing: NOTHING,
  answered: (response) => picked(response).length > 0,
  press: (asked, digit) => asked.item.areas[digit - 1] && pickedAfter(asked, asked.item.areas[digit - 1].id),
  render: (asked) => html`<lms-hot-spot .asked=${asked}></lms-hot-spot>`,
};
