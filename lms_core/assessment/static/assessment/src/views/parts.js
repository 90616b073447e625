/* Small parts that the room's views share. Icons stand in the page as templates, drawn by the server. */
import { html, nothing, unsafeHTML } from "@lms/lib";

export function icon(name) {
  return unsafeHTML(document.querySelector(`template[data-icon="${name}"]`)?.innerHTML ?? "");
}

/** One slot as a button: its state by shape, by colour and in words. */
export function slotButton(room, slot) {
  const { attempt, say } = room;
  const answered = attempt.answered(slot);
  const seen = attempt.seen.has(slot);
  const flagged = attempt.flagged(slot);
  const state = answered ? "slot-answered" : seen ? "slot-seen" : "";
  const words = [say(answered ? "slot_answered" : seen ? "slot_seen" : "slot_unseen"), ...(flagged ? [say("slot_flagged")] : [])];
  const here = room.view === "question" && slot === attempt.slot;
  return html`<button type="button" class="slot ${state} ${flagged ? "slot-flagged" : ""}"
    aria-label=${say("slot", { n: slot, state: words.join(", ") })} aria-current=${here ? "true" : nothing}
    @click=${() => room.goTo(slot)}>${slot}</button>`;
}

/** A message above the question. */
export function notice({ tone, title, text, actions = "" }) {
  return html`<div class="notice tone-${tone}">
    ${icon(tone)}
    <div class="notice-body"><p class="notice-title">${title}</p>${text ? html`<p>${text}</p>` : ""}${actions}</div>
  </div>`;
}
