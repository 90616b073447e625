/*
 * Which answer stands when this device and the server hold different ones.
 *
 * Within one session the higher sequence is the newer answer. After another device took over that is not so: its
 * sequences were counted on without knowing ours. Then ours stands only where the server still has what it had when
 * we wrote ours; elsewhere the other device's answer stays, and the person is told to look.
 */

/** "server", "device" or "overtaken". `kept` waits on this device; `saved` is the server's, or null. */
export function whichStands(kept, saved, generation) {
  const there = saved?.sequence ?? 0;
  if (kept.sequence <= there) return same(kept, saved) || kept.generation === generation ? "server" : "overtaken";
  if (kept.generation === generation || there === kept.base) return "device";
  return same(kept, saved) ? "server" : "overtaken";
}

/** Sorts what waits on this device by which answer stands: {device, server, overtaken}. `saved` is by slot. */
export function sortKept(kept, saved, generation) {
  const sorted = { device: [], server: [], overtaken: [] };
  for (const answer of kept) sorted[whichStands(answer, saved.get(answer.slot) ?? null, generation)].push(answer);
  return sorted;
}

/** The slots whose answers still waited when the server closed `attempt`. */
export async function lateOnes({ store, api, id }) {
  const kept = await store.answers(id);
  return kept.length ? lateSlots(kept, (await api.sitting()).body.items ?? []) : [];
}

/** Those whose last answer never arrived: a receipt may be missing for one that did. */
function lateSlots(kept, items) {
  const saved = new Map(items.map((item) => [item.slot, item.saved]));
  const missing = kept.filter((answer) => whichStands(answer, saved.get(answer.slot) ?? null, answer.generation) !== "server");
  return missing.map((answer) => answer.slot);
}

function same(kept, saved) {
  return JSON.stringify(kept.response) === JSON.stringify(saved?.response) && kept.flagged === saved?.flagged;
}
