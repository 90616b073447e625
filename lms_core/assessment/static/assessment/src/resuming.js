/* Going on after a reload while the server is not reached. */

/** Lets `attempt` go on with the paper that this device kept; the paper, or null where none is kept. */
export async function resume(attempt) {
  const kept = await attempt.copy.paper();
  if (!kept) return null;
  attempt.fill(kept.body);
  attempt.time.resume(kept.body, kept.elapsed);
  attempt.line.away(0, attempt.store.lasting);
  return kept.body;
}
