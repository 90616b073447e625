/*
 * What this device keeps of one attempt so that a reload without a network finds its room again: the page with its
 * files in a cache, the paper as the server sent it, and what it has given receipts for since, in a database. Both
 * have one name, by which the service worker finds them. They hold no key, since no paper does before it is handed in.
 *
 * They are erased when the attempt is handed in, and with everything else that is named "lms-private-" on signing out.
 */
import { openDB } from "@lms/lib";

const COPY = "lms-private-exam-";
const ASKED = new Set(["fetch", "xmlhttprequest", "beacon"]);

export class OfflineCopy {
  #name;
  #database = null;
  #given = false;

  constructor(attempt) {
    this.#name = COPY + attempt;
  }

  async open() {
    const blocking = () => this.#giveUp();
    try {
      this.#database = await openDB(this.#name, 1, { upgrade: furnish, blocking, terminated: blocking });
    } catch {
      this.#database = null;
    }
  }

  /** Keeps the room's page and files; `worker` shows them: its address, and that of the pages it serves. */
  async keepPage({ address, scope }) {
    if (!navigator.serviceWorker || !this.#database) return;
    try {
      await navigator.serviceWorker.register(address, { scope });
      await document.fonts.ready;
      const cache = await caches.open(this.#name);
      const missing = await filter(shown(), async (url) => !(await cache.match(url, { ignoreVary: true })));
      await cache.addAll(missing);
    } catch {
      // Without it a reload needs the network: nothing else is lost.
    }
    if (this.#given) await caches.delete(this.#name);
  }

  /** Keeps the paper, and with it the time as the server told it now. */
  async keepPaper(body) {
    await this.#write(["paper", "receipts"], (paper, receipts) => {
      receipts.clear();
      paper.put({ body, at: Date.now() }, "paper");
    });
  }

  /** Keeps an answer that the server has. */
  async keepReceipt({ slot, sequence, response, flagged }) {
    await this.#write(["receipts"], (receipts) => receipts.put({ slot, saved: { sequence, response, flagged } }));
  }

  /** Keeps the server's latest word on when it ends. */
  async keepTime({ server_now, deadline_at, closes_at }) {
    await this.#write(["paper"], (paper) => paper.put({ body: { server_now, deadline_at, closes_at }, at: Date.now() }, "time"));
  }

  /** The paper with what the server had of it, and how long ago (ms) it told the time; null where none is kept. */
  async paper() {
    try {
      const kept = await this.#database.get("paper", "paper");
      const time = (await this.#database.get("paper", "time")) ?? kept;
      const latest = time.at > kept.at ? time : kept;
      const saved = new Map((await this.#database.getAll("receipts")).map((one) => [one.slot, one.saved]));
      const items = kept.body.items.map((item) => ({ ...item, saved: saved.get(item.slot) ?? item.saved }));
      return { body: { ...kept.body, ...latest.body, items }, elapsed: Math.max(0, Date.now() - latest.at) };
    } catch {
      return null;
    }
  }

  async erase() {
    this.#giveUp();
    await erase(this.#name);
  }

  /** Somebody erases it, here or in another window: nothing is kept from now on. */
  #giveUp() {
    this.#given = true;
    this.#database?.close();
    this.#database = null;
  }

  async #write(names, act) {
    try {
      const transaction = this.#database.transaction(names, "readwrite");
      act(...names.map((name) => transaction.objectStore(name)));
      await transaction.done;
    } catch {
      // A full disk, or a copy that is erased: the answers themselves are kept by store.js.
    }
  }
}

/** Erases copies of other attempts: nobody sits two, and one that ended elsewhere may never be opened again. */
export async function eraseOthers(attempt) {
  const kept = [...(await caches.keys()), ...(await indexedDB.databases()).map((one) => one.name)];
  for (const name of kept) if (name.startsWith(COPY) && name !== COPY + attempt) await erase(name);
}

function furnish(database) {
  database.createObjectStore("paper");
  database.createObjectStore("receipts", { keyPath: "slot" });
}

async function erase(name) {
  await globalThis.caches?.delete(name);
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
}

/** This page and the files it was drawn with. */
function shown() {
  const entries = performance.getEntriesByType("resource").filter((one) => !ASKED.has(one.initiatorType));
  const here = location.origin + location.pathname;
  const files = entries.map((one) => one.name).filter((url) => url.startsWith(`${location.origin}/`));
  return [here, ...new Set(files)];
}

async function filter(values, test) {
  const kept = await Promise.all(values.map(test));
  return values.filter((_, place) => kept[place]);
}
