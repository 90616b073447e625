/* What the elements of all types share: they are handed what is asked, and tell what was answered. */
import { LitElement, html, nothing, render } from "@lms/lib";

const RESTING = 500;

export class Asking extends LitElement {
  static properties = { asked: { attribute: false } };

  /** The site's styles reach what is drawn. */
  createRenderRoot() {
    return this;
  }

  get item() {
    return this.asked.item;
  }

  get say() {
    return this.asked.say;
  }
}

/** An element for answers that are typed: each letter is kept on this device at once, and sent when the typing rests. */
export class Typing extends Asking {
  get response() {
    return this.asked.response;
  }

  typed(response) {
    this.asked.change(response, RESTING);
  }
}

const GAP = /\[\[([^[\]\s]+)\]\]/g;

/** The ids of the gaps that stand in a prompt. */
export function gapsIn(item) {
  return [...item.prompt_html.matchAll(GAP)].map(([, id]) => id);
}

/** A prompt whose gaps hold controls: `control(id, place)` draws one. The prompt itself is drawn once. */
export function drawPrompt(host, { item, lang }, control) {
  if (host.dataset.slot !== String(item.slot)) {
    host.dataset.slot = item.slot;
    host.lang = lang;
    host.innerHTML = item.prompt_html.replace(GAP, (_, id) => `<span class="gap" data-gap="${id}"></span>`);
  }
  host.querySelectorAll("[data-gap]").forEach((gap, place) => render(control(gap.dataset.gap, place + 1), gap));
}

/** Words of a part without their markup, as a drop-down list can show them. */
export function plain(part) {
  const within = document.createElement("template");
  within.innerHTML = part.html;
  return within.content.textContent.trim() || part.text;
}

/** A drop-down list of `parts` with nothing chosen in front. */
export function dropDown({ parts, chosen, label, locked, say, lang, pick }) {
  return html`<select class="input gap-select" aria-label=${label ?? nothing} ?disabled=${locked} lang=${lang}
    @change=${(event) => pick(event.target.value || null)}>
    <option value="" ?selected=${!chosen}>${say("select_one")}</option>
    ${parts.map((part) => html`<option value=${part.id} ?selected=${part.id === chosen}>${plain(part)}</option>`)}
  </select>`;
}
