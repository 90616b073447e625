/* The server's answers. Nothing is thrown: what cannot be reached answers with status 0. */
const PATIENCE = 10_000;

export class ExamApi {
  /** `base` is the attempt's address; `forgery` the token that the page's own requests carry. */
  constructor(base, forgery, language) {
    Object.assign(this, { base, forgery, language });
  }

  sitting() {
    return ask(`${this.base}?language=${this.language}`);
  }

  clock() {
    return ask(`${this.base}/clock`);
  }

  /** Tells what happened on this device. */
  tell(events) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.forgery };
    return ask(`${this.base}/events`, { method: "POST", headers, body: JSON.stringify({ events }), keepalive: true });
  }

  takeOver() {
    return ask(`${this.base}/session`, { method: "POST", headers: { "X-CSRFToken": this.forgery } });
  }

  /** Leaves what is open for what lies at `slot`. */
  progress(slot) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.forgery };
    return ask(`${this.base}/progress?language=${this.language}`, { method: "POST", headers, body: JSON.stringify({ slot }) });
  }

  submit() {
    return ask(`${this.base}/submission`, { method: "POST", headers: { "X-CSRFToken": this.forgery } });
  }

  reveal(slot) {
    const headers = { "X-CSRFToken": this.forgery };
    return ask(`${this.base}/slots/${slot}/solution?language=${this.language}`, { method: "POST", headers });
  }

  save(token, { slot, sequence, response, flagged }) {
    return ask(`${this.base}/responses/${slot}`, {
      method: "PUT",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify({ sequence, response, flagged }),
      keepalive: true,
    });
  }
}

/** Whether the server may answer later what it does not answer now. */
export function isPassing({ status }) {
  return status === 0 || status === 429 || status >= 500;
}

/** {status, body, problem, retryAfter (ms), asked, told}: `asked` and `told` are on the page's running clock. */
async function ask(url, options = {}) {
  const asked = performance.now();
  const headers = { Accept: "application/json", ...options.headers };
  try {
    const response = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(PATIENCE) });
    const told = performance.now();
    const body = response.status === 204 ? {} : await read(response);
    const retryAfter = 1000 * (Number(response.headers.get("Retry-After")) || 0);
    return { status: response.status, body, problem: response.ok ? "" : body.type, retryAfter, asked, told };
  } catch {
    return { status: 0, body: {}, problem: "", retryAfter: 0, asked, told: performance.now() };
  }
}

/** The body; an answer of success that was cut short on its way was never heard. */
async function read(response) {
  try {
    return await response.json();
  } catch (cut) {
    if (response.ok) throw cut;
    return {};
  }
}
