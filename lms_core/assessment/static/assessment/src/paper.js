/* The questions of an attempt with their answers, as they stand on this page. Tells of changes by events. */
import { itemType } from "./types/registry.js";

export class Paper extends EventTarget {
  title = "";
  items = [];
  answers = new Map();
  seen = new Set();
  slot = 1;

  /** Takes what the server sent. */
  fill({ title, items }) {
    this.title = title;
    this.items = items;
    this.slot = Math.min(this.slot, items.length);
    this.answers = new Map(items.filter((item) => item.saved).map((item) => [item.slot, { ...item.saved }]));
  }

  get item() {
    return this.items[this.slot - 1];
  }

  get total() {
    return this.items.length;
  }

  /** The answer of a slot; one that answers nothing where there is none yet. */
  answer(slot) {
    const nothing = { response: itemType(this.items[slot - 1]).nothing, flagged: false, sequence: 0 };
    return this.answers.get(slot) ?? nothing;
  }

  answered(slot) {
    return itemType(this.items[slot - 1]).answered(this.answers.get(slot)?.response);
  }

  flagged(slot) {
    return this.answers.get(slot)?.flagged ?? false;
  }

  /** The slots that `test` holds for. */
  slots(test) {
    return this.items.map((item) => item.slot).filter(test);
  }

  /** Words for those who listen, by name. */
  say(name, values) {
    this.dispatchEvent(new CustomEvent("say", { detail: { name, values } }));
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}
