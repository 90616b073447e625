/* While practising: asking for the solution of a question. */
const ARRIVING = 12_000;

/** After what was answered has arrived, since the answer stays as it is from then on. */
export async function reveal(attempt, slot) {
  if (!(await attempt.outbox.emptied(ARRIVING))) return;
  const heard = await attempt.api.reveal(slot);
  if (heard.status !== 200) return attempt.look();
  attempt.solutions.set(slot, heard.body);
  attempt.at(slot).revealed = true;
  attempt.say(heard.body.correct ? "solution_right" : "solution_wrong", {});
  attempt.changed();
}
