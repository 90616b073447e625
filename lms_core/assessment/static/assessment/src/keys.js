/* Keys: digits choose, arrows move, F flags, T tells the time, ? lists them. Never while somebody types. */
import { itemType } from "./types/registry.js";

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

/** Does what `event` asks of the room; whether it asked anything. */
export function pressed(room, event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open], [data-dropdown][open]")) return false;
  if (!room.isAsking) return false;
  return arrow(room, event.key) || (room.keysOn && character(room, event));
}

function arrow(room, key) {
  if (room.view !== "question" || (key !== "ArrowLeft" && key !== "ArrowRight")) return false;
  room.goTo(room.attempt.slot + (key === "ArrowRight" ? 1 : -1));
  return true;
}

/** `code` where there is one: on a Korean keyboard the key F writes ㄹ. */
function character(room, { key, code }) {
  if (key === "?") return act(() => room.showKeys());
  if (code === "KeyT") return act(() => room.tellTime());
  if (room.view !== "question") return false;
  if (code === "KeyF") return act(() => room.flag());
  return /^[1-9]$/.test(key) && choose(room, Number(key));
}

function choose(room, digit) {
  const response = room.attempt.answerable ? itemType(room.attempt.item).press(room.asked(), digit) : undefined;
  if (response) room.answer(response);
  return Boolean(response);
}

function act(deed) {
  deed();
  return true;
}
