/* What is asked before handing in, and the keys. */
import { html } from "@lms/lib";

export function sureDialog(room) {
  const { attempt, say } = room;
  const open = attempt.slots((slot) => !attempt.answered(slot)).length;
  return html`<dialog class="dialog" id="sure" aria-labelledby="sure-title" aria-describedby="sure-text" @close=${(event) => room.decided(event.target)}>
    <h2 id="sure-title">${say("sure")}</h2>
    <p id="sure-text" class="dialog-body">${say(open ? "sure_open" : "sure_done", { n: open, total: attempt.items.length })}</p>
    <form method="dialog" class="dialog-actions">
      <button class="button" value="no">${say("cancel")}</button>
      <button class="button button-primary" value="yes">${say("hand_in")}</button>
    </form>
  </dialog>`;
}

/** Before a part is left that cannot be come back to. */
export function leaveDialog(room) {
  const { attempt, say } = room;
  const open = attempt.slots((slot) => !attempt.answered(slot)).length;
  return html`<dialog class="dialog" id="leave" aria-labelledby="leave-title" aria-describedby="leave-text" @close=${(event) => room.left(event.target)}>
    <h2 id="leave-title">${say("leave_sure")}</h2>
    <p id="leave-text" class="dialog-body">${say(open ? "leave_open" : "leave_done", { n: open, total: attempt.items.length })}</p>
    <form method="dialog" class="dialog-actions">
      <button class="button" value="no">${say("stay")}</button>
      <button class="button button-primary" value="yes">${say("leave_yes")}</button>
    </form>
  </dialog>`;
}

const KEYS = [
  [["1", "9"], "key_digits", "–"],
  [["←", "→"], "key_arrows", " "],
  [["↑", "↓"], "key_updown", " "],
  [["F"], "key_f", ""],
  [["T"], "key_t", ""],
  [["?"], "key_help", ""],
];

export function keysDialog(room) {
  const { say } = room;
  return html`<dialog class="dialog" id="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">${say("keys")}</h2>
    <dl class="exam-keys dialog-body">
      ${KEYS.map(([keys, name, between]) => html`<dt>${keys.map((key, place) => html`${place ? between : ""}<kbd>${key}</kbd>`)}</dt><dd>${say(name)}</dd>`)}
    </dl>
    <label class="choice"><input type="checkbox" .checked=${room.keysOn} @change=${(event) => room.useKeys(event.target.checked)}><span>${say("keys_on")}</span></label>
    <form method="dialog" class="dialog-actions"><button class="button button-primary" value="close">${say("close")}</button></form>
  </dialog>`;
}
