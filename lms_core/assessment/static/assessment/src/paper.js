/* The questions of an attempt with their answers, as they stand on this page. Tells of changes by events. */
import { itemType } from "./types/registry.js";

export class Paper extends EventTarget {
  title = "";
  /** The questions that are open: those of the slots `first` to `last`. */
  items = [];
  first = 1;
  last = 0;
  /** How many questions the whole exam has. */
  total = 0;
  sections = [];
  breaks = false;
  groups = [];
  answers = new Map();
  seen = new Set();
  mode = "";
  /** What was told of questions whose solution was asked for, by slot. */
  solutions = new Map();
  slot = 1;

  /** Takes what the server sent. */
  fill({ title, mode, items, groups = [], slots, first_slot: first, last_slot: last, sections, breaks }) {
    Object.assign(this, { title, mode, items, groups, first, last, sections, breaks });
    this.total = slots;
    this.slot = this.within(this.slot);
    this.answers = new Map(items.filter((item) => item.saved).map((item) => [item.slot, { ...item.saved }]));
  }

  get item() {
    return this.at(this.slot);
  }

  /** The question of a slot that is open. */
  at(slot) {
    return this.items[slot - this.first];
  }

  /** The nearest slot that is open. */
  within(slot) {
    return Math.min(Math.max(this.first, slot), this.last);
  }

  /** The section that is open, if the exam has sections. */
  get section() {
    return this.sections.find(({ from, to }) => from <= this.slot && this.slot <= to);
  }

  /** Whether nothing comes after what is open. */
  get isFinal() {
    return this.last === this.total;
  }

  get practises() {
    return this.mode === "practice";
  }

  /** Whether the solution of a slot was told, so that its answer stays. */
  revealed(slot) {
    return Boolean(this.at(slot)?.revealed);
  }

  /** The answer of a slot; one that answers nothing where there is none yet. */
  answer(slot) {
    const nothing = { response: itemType(this.at(slot)).nothing, flagged: false, sequence: 0 };
    return this.answers.get(slot) ?? nothing;
  }

  answered(slot) {
    return itemType(this.at(slot)).answered(this.answers.get(slot)?.response);
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
