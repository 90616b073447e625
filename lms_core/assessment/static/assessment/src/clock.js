/*
 * The attempt's time, as this page knows it. It is reckoned from the server's own word and the page's running time,
 * never from the device's clock, which people may have set to anything.
 */
const LAST_MINUTES = 5 * 60_000;
const THRESHOLDS = [1, 5, 10, 30];

export class Countdown {
  deadline = NaN;
  closesAt = NaN;
  #offset = NaN;
  #heard = -Infinity;
  #before = NaN;

  /**
   * Takes the server's word; `asked` and `told` are when the request left and came back, by performance.now().
   * "" for one that is older than what was heard before, "moved" if the end was moved on, else "heard".
   */
  hear(body, { asked, told }) {
    const moment = Date.parse(body.server_now);
    if (moment < this.#heard) return "";
    this.#heard = moment;
    this.#offset = moment - (asked + told) / 2;
    const moved = Date.parse(body.deadline_at) - this.deadline > 500;
    this.deadline = Date.parse(body.deadline_at);
    if (body.closes_at) this.closesAt = Date.parse(body.closes_at);
    if (moved || Number.isNaN(this.#before)) this.#before = this.left;
    return moved ? "moved" : "heard";
  }

  /**
   * Goes on from what was heard `elapsed` ms ago, before a reload, until the server is heard again. Only here the
   * device's clock is asked, and only for how long ago that was.
   */
  resume(body, elapsed) {
    this.#offset = Date.parse(body.server_now) + elapsed - performance.now();
    this.deadline = Date.parse(body.deadline_at);
    this.closesAt = Date.parse(body.closes_at);
    this.#before = this.left;
  }

  /** The server's time in milliseconds, or NaN before it was heard. */
  get now() {
    return performance.now() + this.#offset;
  }

  /** What is left in milliseconds, never less than nothing. */
  get left() {
    return Math.max(0, this.deadline - this.now);
  }

  /** Whether the server has handed in by now, or does so this moment. */
  get isClosed() {
    return this.now > this.closesAt + 200;
  }

  /** The lowest threshold in minutes that was passed since the last look, if one was. */
  passed() {
    const [before, after] = [this.#before, this.left];
    this.#before = after;
    return THRESHOLDS.find((minutes) => before > minutes * 60_000 && after <= minutes * 60_000);
  }
}

/** Whether so little is left that seconds are shown. */
export function isLast(left) {
  return left <= LAST_MINUTES;
}

/** What is left in words: minutes, and in the last five of them minutes and seconds. */
export function remaining(left, say) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  if (isLast(left)) return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes > 60
    ? say("hours_left", { h: Math.floor(minutes / 60), n: minutes % 60 })
    : say("minutes_left", { n: minutes });
}

/** The same for listeners: never as digits with a colon. */
export function spoken(left, say) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  if (seconds < 120) return say("spoken_seconds", { n: seconds });
  return say("spoken_minutes", { n: isLast(left) ? Math.floor(seconds / 60) : Math.ceil(seconds / 60) });
}

function pad(number) {
  return String(number).padStart(2, "0");
}
