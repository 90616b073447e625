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

  takeOver() {
    return ask(`${this.base}/session`, { method: "POST", headers: { "X-CSRFToken": this.forgery } });
  }

  submit() {
    return ask(`${this.base}/submission`, { method: "POST", headers: { "X-CSRFToken": this.forgery } });
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

/** {status, body, problem, retryAfter (ms), asked, told}: `asked` and `told` are on the page's running clock. */
async function ask(url, options = {}) {
  const asked = performance.now();
  const headers = { Accept: "application/json", ...options.headers };
  try {
    const response = await fetch(url, { ...options, headers, signal: AbortSignal.timeout(PATIENCE) });
    const told = performance.now();
    const body = await response.json().catch(() => ({}));
    const retryAfter = 1000 * (Number(response.headers.get("Retry-After")) || 0);
    return { status: response.status, body, problem: response.ok ? "" : body.type, retryAfter, asked, told };
  } catch {
    return { status: 0, body: {}, problem: "", retryAfter: 0, asked, told: performance.now() };
  }
}
