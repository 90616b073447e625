/* <lms-case>: what the questions of a case share: its stem, and its exhibits as tabs. */
import { LitElement, html, nothing, unsafeHTML } from "@lms/lib";

const MOVES = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

class Case extends LitElement {
  static properties = { group: { attribute: false }, say: { attribute: false }, spoken: {}, free: { type: Boolean }, shown: { state: true } };

  constructor() {
    super();
    this.shown = 0;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { group, say, spoken } = this;
    const { exhibits } = group;
    return html`<section class="case" aria-label=${say("case")}>
      <p class="question-hint">${say("case_slots", { first: group.from, last: group.to })}${group.returns || this.free ? nothing : html` <strong>${say("case_no_return")}</strong>`}</p>
      <div class="prose" lang=${spoken}>${unsafeHTML(group.stem_html)}</div>
      ${exhibits.length
        ? html`<div class="case-tabs" role="tablist" aria-label=${say("exhibits")} @keydown=${(event) => this.#key(event)}>
              ${exhibits.map((one, place) => this.#tab(one, place))}
            </div>
            ${exhibits.map((one, place) => this.#panel(one, place))}`
        : nothing}
    </section>`;
  }

  #tab(one, place) {
    const here = place === this.shown;
    return html`<button type="button" class="case-tab" role="tab" id=${`exhibit-${one.id}`} aria-controls=${`panel-${one.id}`} lang=${this.spoken}
      aria-selected=${here ? "true" : "false"} tabindex=${here ? "0" : "-1"} @click=${() => (this.shown = place)}>${one.title}</button>`;
  }

  #panel(one, place) {
    return html`<div class="case-panel prose" role="tabpanel" id=${`panel-${one.id}`} aria-labelledby=${`exhibit-${one.id}`} tabindex="0"
      lang=${this.spoken} ?hidden=${place !== this.shown}>${unsafeHTML(one.html)}</div>`;
  }

  #key(event) {
    const move = MOVES[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const last = this.group.exhibits.length - 1;
    const next = this.shown + move;
    this.shown = Number.isFinite(next) ? (next + last + 1) % (last + 1) : next < 0 ? 0 : last;
    this.updateComplete.then(() => this.querySelector('[aria-selected="true"]').focus());
  }
}

customElements.define("lms-case", Case);

/** The case that the question belongs to, or nothing. */
export function caseOf(room) {
  const group = room.attempt.groups.find((one) => one.id === room.attempt.item.group);
  return group ? html`<lms-case .group=${group} .say=${room.say} .spoken=${room.spoken} .free=${room.attempt.practises}></lms-case>` : nothing;
}
