// What of a journal lies on this device: boxes that are closed, and, where its owner asked for it, the closed key
// that their passphrase opens without a network. The open key lies beside the keys of device_store.js.

const NAME = "kairos-journal";
const BOXES = "boxes";
const WAYS = "ways";
const LOCK = "kairos-journal";
const PATIENCE_MS = 8_000;

/**
 * @typedef {object} Box an entry that has not arrived yet, or a draft
 * @property {string} id the id of the command that it becomes; of a draft, whose it is
 * @property {string} owner the log-in of who wrote it
 * @property {string} person
 * @property {string} entry
 * @property {string} key the id of the key that it is closed under
 * @property {string} at when it was written, by this device's clock
 * @property {string} iv
 * @property {string} box
 * @property {boolean} isDraft
 * @property {string} refused why the server did not take it; empty where it did not say so
 */

/** @typedef {{owner: string, person: string, key: string, wrapped: import("./journal_crypto.js").Wrapped, standingUrl: string, entriesUrl: string}} OfflineWay */

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @returns {Promise<IDBDatabase>} */
function database() {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(BOXES, { keyPath: "id" });
      request.result.createObjectStore(WAYS, { keyPath: "owner" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  return opening;
}

/**
 * @template T
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(kept: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>} once the transaction is on the disk
 */
async function within(store, mode, work) {
  const kept = await database();
  return new Promise((done, fail) => {
    const transaction = kept.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = transaction.onerror = () => fail(transaction.error ?? request.error);
  });
}

/** @param {Box} box */
export function keepBox(box) {
  return within(BOXES, "readwrite", (boxes) => boxes.put(box));
}

/** @param {string} id */
export function dropBox(id) {
  return within(BOXES, "readwrite", (boxes) => boxes.delete(id));
}

/** @param {string} owner @returns {Promise<Box[]>} what waits of one person, in the order in which it was written */
export async function waitingOf(owner) {
  const all = await within(BOXES, "readonly", (boxes) => boxes.getAll());
  const own = all.filter((each) => each.owner === owner && !each.isDraft);
  return own.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** @param {string} owner */
function draftId(owner) {
  return `draft/${owner}`;
}

/** Puts what is being written on the disk, closed. @param {Omit<Box, "id" | "isDraft" | "refused">} box */
export function keepDraft(box) {
  return keepBox({ ...box, id: draftId(box.owner), isDraft: true, refused: "" });
}

/** @param {string} owner @returns {Promise<Box | undefined>} */
export function draftOf(owner) {
  return within(BOXES, "readonly", (boxes) => boxes.get(draftId(owner)));
}

/** @param {string} owner */
export function dropDraft(owner) {
  return dropBox(draftId(owner));
}

/** Lets this device open the journal without a network, by the passphrase. @param {OfflineWay} way */
export function keepWay(way) {
  return within(WAYS, "readwrite", (ways) => ways.put(way));
}

/** @param {string} owner */
export function dropWay(owner) {
  return within(WAYS, "readwrite", (ways) => ways.delete(owner));
}

/** @returns {Promise<OfflineWay[]>} */
export function allWays() {
  return within(WAYS, "readonly", (ways) => ways.getAll());
}

/**
 * Sends what waits of one person, while that person is signed in and unlocked. Each arrives once: it carries the
 * id it was made with. Tabs of one browser take turns.
 * @param {{owner: string, standingUrl: string, entriesUrl: string}} to
 * @returns {Promise<Box[]>} what arrived
 */
export function send(to) {
  return navigator.locks.request(LOCK, () => sendAll(to));
}

/** @param {{owner: string, standingUrl: string, entriesUrl: string}} to @returns {Promise<Box[]>} */
async function sendAll({ owner, standingUrl, entriesUrl }) {
  const boxes = await waitingOf(owner);
  const standing = boxes.length ? await ask(standingUrl) : null;
  /** @type {Box[]} */
  const arrived = [];
  if (standing?.owner !== owner) return arrived;
  for (const box of boxes) {
    const told = await post(entriesUrl, box, standing.csrf);
    if (told?.state === "saved") {
      await dropBox(box.id);
      arrived.push(box);
    } else if (told?.state === "refused") await keepBox({ ...box, refused: (told.reasons ?? []).join(" ") || "?" });
    else break;
  }
  return arrived;
}

/** Asks who is signed in; nothing where the server is out of reach. @param {string} url */
async function ask(url) {
  const headers = { "Kairos-Background": "1" };
  const how = { headers, cache: /** @type {const} */ ("no-store"), redirect: /** @type {const} */ ("manual"), signal: AbortSignal.timeout(PATIENCE_MS) };
  const reply = await fetch(url, how).catch(() => null);
  return reply?.ok ? reply.json() : null;
}

/** @param {string} url @param {Box} box @param {string} csrf */
async function post(url, box, csrf) {
  const body = new URLSearchParams({
    csrfmiddlewaretoken: csrf,
    command_id: box.id,
    entry_id: box.entry,
    key: box.key,
    iv: box.iv,
    box: box.box,
    written_at: box.at,
  });
  const headers = { "Kairos-Entry": "queued" };
  const reply = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
  return reply?.ok ? reply.json() : null;
}
