/* Each source with the targets it belongs to: a drop-down list where it takes one, boxes where it takes several. */
import { html, live, repeat, unsafeHTML } from "@lms/lib";

import { inline } from "../words.js";
import { Asking, dropDown } from "./asking.js";

const NOTHING = { pairs: [] };

function pairs(response) {
  return response?.pairs ?? [];
}

class Matching extends Asking {
  render() {
    const { item, say, asked } = this;
    return html`<fieldset class="answers" ?disabled=${asked.locked}>
      <legend class="question-hint">${say(item.per_source === 1 ? "match_one" : "match_any")}</legend>
      ${repeat(
        item.sources,
        (source) => source.id,
        (source, place) => html`<div class="match">
          <div class="match-source" id=${`source-${item.slot}-${place}`} lang=${asked.lang}>${unsafeHTML(inline(source.html))}</div>
          ${item.per_source === 1 ? this.#list(source) : this.#boxes(source, place)}
        </div>`,
      )}
    </fieldset>`;
  }

  #list(source) {
    const { asked, item, say } = this;
    const chosen = pairs(asked.response).find((pair) => pair.source === source.id)?.target;
    const label = say("match_for", { part: textOf(source) });
    const pick = (target) => this.#give(source.id, target ? [target] : []);
    return dropDown({ parts: item.targets, chosen, label, locked: asked.locked, say, lang: asked.lang, pick });
  }

  #boxes(source, place) {
    const { asked, item } = this;
    const given = pairs(asked.response).filter((pair) => pair.source === source.id).map((pair) => pair.target);
    const toggled = (id) => (given.includes(id) ? given.filter((one) => one !== id) : [...given, id]);
    return html`<div class="match-targets" role="group" aria-labelledby=${`source-${item.slot}-${place}`}>
      ${item.targets.map(
        (target) => html`<label class="match-target"><input type="checkbox" .checked=${live(given.includes(target.id))}
          @change=${() => this.#give(source.id, toggled(target.id))}><span lang=${asked.lang}>${unsafeHTML(inline(target.html))}</span></label>`,
      )}
    </div>`;
  }

  #give(source, targets) {
    const others = pairs(this.asked.response).filter((pair) => pair.source !== source);
    this.asked.change({ pairs: [...others, ...targets.map((target) => ({ source, target }))] });
  }
}

customElements.define("lms-matching", Matching);

/** Statements with the same two answers each: nothing is moved, one of the two is picked. */
class Statements extends Asking {
  render() {
    const { item, say, asked } = this;
    const given = new Map(pairs(asked.response).map((pair) => [pair.source, pair.target]));
    return html`<div class="answers"><p class="question-hint">${say("judge_each")}</p>
      ${repeat(
        item.sources,
        (source) => source.id,
        (source) => html`<fieldset class="match" ?disabled=${asked.locked}>
          <legend class="match-source" lang=${asked.lang}>${unsafeHTML(inline(source.html))}</legend>
          <div class="match-targets">
            ${item.targets.map(
              (target) => html`<label class="match-target"><input type="radio" name=${`answer-${item.slot}-${source.id}`}
                .checked=${live(given.get(source.id) === target.id)}
                @change=${() => asked.change(judged(asked.response, source.id, target.id))}><span lang=${asked.lang}>${unsafeHTML(inline(target.html))}</span></label>`,
            )}
          </div>
        </fieldset>`,
      )}
    </div>`;
  }
}

customElements.define("lms-statements", Statements);

function judged(response, source, target) {
  return { pairs: [...pairs(response).filter((pair) => pair.source !== source), { source, target }] };
}

function textOf(part) {
  return part.text.replace(/[*`_]/g, "");
}

const answered = (response) => pairs(response).length > 0;
const press = () => undefined;

export const matching = {
  nothing: NOTHING,
  answered,
  press,
  render: (asked) => html`<lms-matching .asked=${asked}></lms-matching>`,
};

export const statementSet = {
  nothing: NOTHING,
  answered,
  press,
  render: (asked) => html`<lms-statements .asked=${asked}></lms-statements>`,
};
