/*
 * What this device keeps for somebody who is signed in is named "lms-private-", caches and databases alike. A page
 * that is shown to nobody (after signing out, or when a session has ended) erases all of it.
 */
const PRIVATE = "lms-private-";

export async function leaving() {
  if (!("nobody" in document.documentElement.dataset)) return;
  await Promise.allSettled([eraseCaches(), eraseDatabases()]);
}

async function eraseCaches() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PRIVATE));
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function eraseDatabases() {
  const names = (await indexedDB.databases()).map((one) => one.name);
  for (const name of names) if (name.startsWith(PRIVATE)) indexedDB.deleteDatabase(name);
}
