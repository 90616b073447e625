/*
 * The exam room's service worker: without a network it shows the room as this device saw it last.
 *
 * It reads what the room keeps (offline_copy.js), an attempt each under a name of its own, and touches nothing else:
 * no other page, and no answer on its way. It imports nothing, since not every browser lets a worker import.
 */
const COPY = "lms-private-exam-";
const ROOM = /\/assessment\/attempts\/([0-9a-f-]{36})$/;
const REPORT = /\/assessment\/attempts\/([0-9a-f-]{36})\/report$/;
const FILES = new Set(["script", "style", "font", "image"]);
const PATIENCE = 8_000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const [, room] = ROOM.exec(pathname) ?? [];
  const [, report] = REPORT.exec(pathname) ?? [];
  if (request.mode === "navigate" && room) event.respondWith(page(event, COPY + room));
  else if (request.mode === "navigate" && report) event.respondWith(overAndDone(event, COPY + report));
  else if (FILES.has(request.destination)) event.respondWith(file(request));
});

/** The room from the server, or the one kept where the server is not reached or has no time. */
async function page(event, copy) {
  const kept = await caches.match(event.request.url, { cacheName: copy, ignoreVary: true, ignoreSearch: true });
  const heard = await asked(event.request, kept);
  if (heard === null || heard.status >= 500 || heard.status === 429) return kept ?? heard ?? Response.error();
  if (!heard.ok) event.waitUntil(erase(copy));
  else if (kept) event.waitUntil(renew(copy, event.request, heard.clone()));
  return heard;
}

/** What the server answers, or null. Who has a page to fall back on is not kept waiting for long. */
function asked(request, kept) {
  const heard = fetch(request).catch(() => null);
  if (!kept) return heard;
  return Promise.race([heard, new Promise((late) => setTimeout(late, PATIENCE, null))]);
}

/** Whoever reads the report has handed in, or the server did. */
async function overAndDone(event, copy) {
  const heard = await fetch(event.request);
  if (heard.ok) event.waitUntil(erase(copy));
  return heard;
}

/** Files are named by their content: one that is kept is the right one. */
async function file(request) {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
}

async function renew(copy, request, response) {
  const { origin, pathname } = new URL(request.url);
  if (await caches.has(copy)) await (await caches.open(copy)).put(origin + pathname, response);
}

/** The page leads elsewhere: handed in, signed out, or somebody else's. */
async function erase(copy) {
  await caches.delete(copy);
  indexedDB.deleteDatabase(copy);
}
