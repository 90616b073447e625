/*
 * What this device keeps of an attempt: each answer until its receipt has come, the token that sends answers, and
 * where one was. A browser that keeps nothing (private windows, full disks) gets the same in memory.
 */
import { openDB } from "@lms/lib";

const WEEK = 7 * 24 * 3_600_000;
const STRICT = { durability: "strict" };

export async function openStore() {
  try {
    const database = await openDB("lms-exam", 1, { upgrade: furnish });
    await forgetOld(database);
    return new Store(database);
  } catch {
    return new Store(null);
  }
}

function furnish(database) {
  database.createObjectStore("answers", { keyPath: ["attempt", "slot"] });
  database.createObjectStore("sessions", { keyPath: "attempt" });
}

export class Store {
  #database;
  #memory = { answers: new Map(), sessions: new Map() };

  constructor(database) {
    this.#database = database;
  }

  /** Whether what is put here outlives this window. */
  get lasting() {
    return this.#database !== null;
  }

  /** The answers of `attempt` that wait for a receipt. */
  async answers(attempt) {
    const range = this.lasting ? IDBKeyRange.bound([attempt, 0], [attempt, Infinity]) : null;
    const kept = await this.#try((database) => database.getAll("answers", range));
    return kept ?? [...this.#memory.answers.values()];
  }

  async keep(answer) {
    this.#memory.answers.set(answer.slot, answer);
    await this.#write("answers", (store) => store.put(answer));
  }

  async drop(attempt, slot) {
    this.#memory.answers.delete(slot);
    await this.#write("answers", (store) => store.delete([attempt, slot]));
  }

  async session(attempt) {
    return (await this.#try((database) => database.get("sessions", attempt))) ?? this.#memory.sessions.get(attempt);
  }

  async keepSession(session) {
    this.#memory.sessions.set(session.attempt, session);
    await this.#write("sessions", (store) => store.put({ ...session, at: Date.now() }));
  }

  /** The attempt is over: nothing of it can be sent any more. */
  async forget(attempt) {
    this.#memory.answers.clear();
    await this.#write("sessions", (store) => store.delete(attempt));
    await this.#write("answers", (store) => store.delete(IDBKeyRange.bound([attempt, 0], [attempt, Infinity])));
  }

  async #write(name, act) {
    await this.#try(async (database) => {
      const transaction = database.transaction(name, "readwrite", STRICT);
      act(transaction.store);
      await transaction.done;
      return true;
    });
  }

  /** Does `act`; a database that fails once is not asked again. */
  async #try(act) {
    if (!this.lasting) return undefined;
    try {
      return await act(this.#database);
    } catch {
      this.#database = null;
      return undefined;
    }
  }
}

/** Answers and tokens of attempts that ended long ago: nobody comes back for them. */
async function forgetOld(database) {
  for (const name of ["answers", "sessions"]) {
    const transaction = database.transaction(name, "readwrite");
    for await (const cursor of transaction.store) {
      if (cursor.value.at < Date.now() - WEEK) cursor.delete();
    }
    await transaction.done;
  }
}
