/* Steps put into their order: taken from a list below, moved up and down by buttons. */
import { html, repeat, unsafeHTML } from "@lms/lib";

import { icon } from "../views/parts.js";
import { inline } from "../words.js";
import { Asking, plain } from "./asking.js";

const NOTHING = { order: [] };

function order(response) {
  return response?.order ?? [];
}

class Ordering extends Asking {
  #focus = null;

  render() {
    const { item, say, asked } = this;
    const placed = order(asked.response);
    const steps = new Map(item.choices.map((step) => [step.id, step]));
    const left = item.choices.filter((step) => !placed.includes(step.id));
    return html`<p class="question-hint">${say("order_how")}</p>
      <h3 class="order-title" id=${`order-${item.slot}`}>${say("your_order")}</h3>
      ${placed.length
        ? html`<ol class="order-list order-placed" aria-labelledby=${`order-${item.slot}`}>
            ${repeat(placed, (id) => id, (id, place) => this.#placed(steps.get(id), place, placed.length))}
          </ol>`
        : html`<p class="order-empty subtle">${say("order_empty")}</p>`}
      <h3 class="order-title" id=${`left-${item.slot}`}>${say("steps_left")}</h3>
      ${left.length
        ? html`<ul class="order-list" aria-labelledby=${`left-${item.slot}`}>
            ${repeat(left, (step) => step.id, (step) => this.#step(step))}
          </ul>`
        : html`<p class="order-empty subtle">${say("none_left")}</p>`}`;
  }

  #placed(step, place, count) {
    const { asked, say } = this;
    const named = { step: plain(step) };
    const button = (act, name, sign, off, move) => html`<button type="button" class="button button-small order-move" data-act=${act} data-step=${step.id}
      aria-label=${say(name, named)} ?disabled=${asked.locked || off} @click=${move}><span aria-hidden="true">${sign}</span></button>`;
    return html`<li class="order-step">
      <span class="order-text" lang=${asked.lang}>${unsafeHTML(inline(step.html))}</span>
      <span class="order-moves">
        ${button("up", "move_up", "↑", place === 0, () => this.#move(step, place, place - 1, "up"))}
        ${button("down", "move_down", "↓", place === count - 1, () => this.#move(step, place, place + 1, "down"))}
        ${button("out", "take_out", "×", false, () => this.#out(step))}
      </span></li>`;
  }

  #step(step) {
    const { asked, say } = this;
    return html`<li><button type="button" class="button order-add" data-act="add" data-step=${step.id} ?disabled=${asked.locked}
      @click=${() => this.#add(step)}>${icon("next")}<span class="visually-hidden">${say("add_step")}</span><span class="order-text" lang=${asked.lang}>${unsafeHTML(inline(step.html))}</span></button></li>`;
  }

  #add(step) {
    const placed = [...order(this.asked.response), step.id];
    const left = this.item.choices.filter((one) => !placed.includes(one.id));
    this.#focus = left.length ? ["add", left[0].id] : ["out", step.id];
    this.#tell("step_placed", step, placed.length);
    this.asked.change({ order: placed });
  }

  #move(step, from, to, act) {
    const placed = [...order(this.asked.response)];
    placed.splice(to, 0, ...placed.splice(from, 1));
    this.#focus = [act, step.id];
    this.#tell("step_placed", step, to + 1);
    this.asked.change({ order: placed });
  }

  #out(step) {
    this.#focus = ["add", step.id];
    this.asked.tell(this.say("step_out", { step: plain(step) }));
    this.asked.change({ order: order(this.asked.response).filter((id) => id !== step.id) });
  }

  #tell(name, step, place) {
    this.asked.tell(this.say(name, { step: plain(step), n: place }));
  }

  /** Whoever moves a step by keyboard stays with it; at an end, with the way back. */
  updated() {
    if (!this.#focus) return;
    const [act, step] = this.#focus;
    this.#focus = null;
    const found = (name) => this.querySelector(`[data-act="${name}"][data-step="${step}"]:not(:disabled)`);
    (found(act) ?? found("up") ?? found("down") ?? found("out"))?.focus();
  }
}

customElements.define("lms-ordering", Ordering);

export const ordering = {
  nothing: NOTHING,
  answered: (response) => order(response).length > 0,
  press: () => undefined,
  render: (asked) => html`<lms-ordering .asked=${asked}></lms-ordering>`,
};
