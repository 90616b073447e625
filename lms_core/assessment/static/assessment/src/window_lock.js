/*
 * One window of a browser answers an attempt at a time: two would count their sequences apart, and the answer of one
 * would be taken for an older answer of the other. Browsers without locks go on as if there were one window.
 */
const PATIENCE = 700;

/** Holds the lock of `attempt` until the window closes; whether it was free. `lost` is called when another takes it. */
export async function onlyWindow(attempt, lost) {
  return hold(attempt, { signal: AbortSignal.timeout(PATIENCE) }, lost);
}

/** Takes the lock away from whichever window holds it. */
export async function takeWindow(attempt, lost) {
  return hold(attempt, { steal: true }, lost);
}

function hold(attempt, options, lost) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((answer) => {
    let held = false;
    const kept = () => {
      held = true;
      answer(true);
      return new Promise(() => {});
    };
    navigator.locks.request(`lms-exam-${attempt}`, options, kept).catch(() => (held ? lost() : answer(false)));
  });
}
