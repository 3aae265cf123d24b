// Keeps the program and the pages of one person's open session in reach without a network. Part of /sw.js,
// which names KAIROS = {version, shell, open, offline, patient, journal}. The network always comes first; what comes from the device says so.

const SHELL = `kairos-shell-${KAIROS.version}`;
const PAGES = "kairos-pages";
const OWNER = "/kept-for";
const FRESH_MS = 2 * 60_000;
const KEPT_MS = 12 * 60 * 60_000;
const PATIENCE_MS = 8_000;
const SESSION_PAGE = /^\/sessions\/[0-9a-f-]{36}\/(check\/|without-network\/)?$/;
const JOURNAL = /^\/my\/journal\//;
const OF_SESSION = /^(\/sessions\/[0-9a-f-]{36}\/)./;
const LEAVING = /^\/(log-out|account\/(lock|take-over|unlock))\//;
const OF_PATIENTS = /^\/(my|help|aid|learn|l)\//;
const HASHED = /\.[0-9a-f]{12}\./;

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data?.kind === "empty") event.waitUntil(caches.delete(PAGES));
  if (event.data?.kind === "keep") event.waitUntil(keepFor(event.data.owner, event.data.urls));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (LEAVING.test(url.pathname)) {
    // Signing out and in is between the browser and the server alone; what was kept goes first.
    if (request.method !== "GET") event.waitUntil(caches.delete(PAGES));
  } else if (request.method !== "GET") {
    if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => notSent(url.pathname)));
  } else if (url.pathname.startsWith("/static/")) event.respondWith(fromShell(request));
  else if (request.mode === "navigate") event.respondWith(fromNetwork(request, url.pathname));
});

async function keepShell() {
  const shell = await caches.open(SHELL);
  await shell.addAll(KAIROS.shell);
  for (const page of [KAIROS.offline, KAIROS.patient, KAIROS.journal, ...KAIROS.open]) await shell.put(page, await fetch(page, { credentials: "omit" }));
}

async function dropOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("kairos-shell-") && name !== SHELL).map((name) => caches.delete(name)));
}

/** A name with its hash never changes; any other is asked for anew while there is a network. */
async function fromShell(request) {
  const kept = () => caches.match(request, { cacheName: SHELL });
  if (HASHED.test(request.url)) return (await kept()) ?? fetch(request);
  return fetch(request).catch(async () => (await kept()) ?? Response.error());
}

/** What was kept for one person is nobody else's: another one, or nobody, finds nothing. */
async function keepFor(owner, urls) {
  let pages = await caches.open(PAGES);
  const before = await pages.match(OWNER);
  if (before && (await before.text()) !== owner) {
    await caches.delete(PAGES);
    if (!owner) return;
    pages = await caches.open(PAGES);
  }
  await pages.put(OWNER, new Response(owner));
  for (const url of urls) {
    const kept = await pages.match(url);
    if (!kept || Date.now() - keptAt(kept) > FRESH_MS) await keepPage(pages, url);
  }
}

async function keepPage(pages, url) {
  const reply = await fetch(url, { headers: { "Kairos-Background": "1" }, redirect: "manual" }).catch(() => null);
  if (reply?.ok) await pages.put(url, await marked(reply));
}

/** @returns the page as it is kept: it says of itself that it comes from the device, and since when */
async function marked(reply) {
  const at = new Date().toISOString();
  const headers = new Headers(reply.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set("kairos-kept-at", at);
  return new Response((await reply.text()).replace("<html ", `<html data-kept-at="${at}" `), { headers });
}

function keptAt(page) {
  return Date.parse(page.headers.get("kairos-kept-at") ?? "") || 0;
}

async function fromNetwork(request, path) {
  try {
    const reply = await Promise.race([fetch(request), late()]);
    if (reply.ok && reply.type === "basic" && (SESSION_PAGE.test(path) || (await isKept(path)))) {
      const copy = reply.clone();
      const pages = await caches.open(PAGES);
      await pages.put(path, await marked(copy));
    }
    return reply;
  } catch {
    return (await fromDevice(path)) ?? notSent(path);
  }
}

function late() {
  return new Promise((_, fail) => setTimeout(() => fail(new Error("no answer")), PATIENCE_MS));
}

async function isKept(path) {
  return (await caches.match(path, { cacheName: PAGES })) !== undefined;
}

/** The page itself; else, for a form of a session, the page of all its forms, where that form stands. */
async function fromDevice(path) {
  if (JOURNAL.test(path)) return journalPage();
  if (KAIROS.open.includes(path)) return openPage(path);
  const page = await recent(path);
  const session = OF_SESSION.exec(path);
  if (page || !session) return page;
  const forms = await recent(`${session[1]}without-network/`);
  const has = forms && (await forms.clone().text()).includes(`data-path="${path}"`);
  return has ? forms : undefined;
}

/** A journal is written without a network on a page of its own, which knows nobody. */
async function journalPage() {
  const page = await caches.match(KAIROS.journal, { cacheName: SHELL });
  return page && marked(page);
}

async function recent(path) {
  const kept = await caches.match(path, { cacheName: PAGES });
  return kept && Date.now() - keptAt(kept) < KEPT_MS ? kept : undefined;
}

/** A page that knows nobody, such as the numbers of people who answer at any hour. */
async function openPage(path) {
  const page = await caches.match(path, { cacheName: SHELL });
  return page && marked(page);
}

/** Says that the server is out of reach, and that nothing of this step was sent; a patient, what works now. */
async function notSent(path) {
  const page = await caches.match(OF_PATIENTS.test(path) ? KAIROS.patient : KAIROS.offline, { cacheName: SHELL });
  return page ? marked(page) : Response.error();
}
