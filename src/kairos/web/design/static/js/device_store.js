// What waits on this device, closed under a key that the server gives only to who made it.
// The browser keeps the key so that no page can read it out, and drops it at log-out and lock.

const NAME = "kairos";
const BOXES = "entries";
const KEYS = "keys";

/**
 * @typedef {{id: string, owner: string, place: number, iv: Uint8Array<ArrayBuffer>, box: ArrayBuffer}} Closed
 */

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  opening ??= new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(BOXES, { keyPath: "id" });
      request.result.createObjectStore(KEYS, { keyPath: "owner" });
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
  const database = await open();
  return new Promise((done, fail) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = transaction.onerror = () => fail(transaction.error ?? request.error);
  });
}

/** @param {string} owner @param {string} base64 */
export async function keepKey(owner, base64) {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  await within(KEYS, "readwrite", (keys) => keys.put({ owner, key }));
}

/** @param {string} owner @returns {Promise<CryptoKey | null>} */
async function keyOf(owner) {
  const kept = await within(KEYS, "readonly", (keys) => keys.get(owner));
  return kept?.key ?? null;
}

/** @param {string} owner @returns {Promise<boolean>} */
export async function hasKey(owner) {
  return (await keyOf(owner)) !== null;
}

/**
 * Drops the keys of everybody but this person, and of everybody where nobody is named; an opened journal too, once
 * it was left alone for as long as entry locks.
 * @param {string} owner
 */
export async function forgetOtherKeys(owner) {
  for (const each of await within(KEYS, "readonly", (keys) => keys.getAll())) {
    const isOwn = owner !== "" && (each.owner === owner || each.owner === journalOf(owner));
    if (!isOwn || each.until < Date.now()) await within(KEYS, "readwrite", (keys) => keys.delete(each.owner));
  }
}

/** @param {string} owner */
function journalOf(owner) {
  return `${owner}/journal`;
}

/**
 * Keeps the key of an opened journal until then; the browser lets no page read it out.
 * @param {string} owner @param {string} id @param {CryptoKey} key @param {number} until
 */
export async function keepJournalKey(owner, id, key, until) {
  await within(KEYS, "readwrite", (keys) => keys.put({ owner: journalOf(owner), id, key, until }));
}

/** @param {string} owner @returns {Promise<{id: string, key: CryptoKey} | null>} */
export async function journalKeyOf(owner) {
  const kept = await within(KEYS, "readonly", (keys) => keys.get(journalOf(owner)));
  return kept && kept.until >= Date.now() ? kept : null;
}

/** Closes the journal on this device. @param {string} owner */
export async function forgetJournalKey(owner) {
  await within(KEYS, "readwrite", (keys) => keys.delete(journalOf(owner)));
}

/**
 * Closes an entry and puts it on the disk, in the place of one with the same id.
 * @param {import("./queue.js").Entry} entry
 */
export async function keep(entry) {
  const key = await keyOf(entry.owner);
  if (!key) throw new Error("nobody who may keep entries is signed in on this device");
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(entry)));
  const { id, owner, place } = entry;
  await within(BOXES, "readwrite", (boxes) => boxes.put({ id, owner, place, iv, box }));
}

/** @param {string} owner @returns {Promise<import("./queue.js").Entry[]>} those of one person, in their order */
export async function entriesOf(owner) {
  const key = await keyOf(owner);
  if (!key) return [];
  const found = [];
  for (const each of await closed()) {
    if (each.owner !== owner) continue;
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: each.iv }, key, each.box).catch(() => null);
    if (plain) found.push(JSON.parse(new TextDecoder().decode(plain)));
  }
  return found;
}

/** @param {string} owner @returns {Promise<number>} how many entries of this person wait here, closed or open */
export async function countOf(owner) {
  return (await closed()).filter((each) => each.owner === owner).length;
}

/** @param {string} owner @returns {Promise<number>} how many entries of others wait here; nothing else is known of them */
export async function countOfOthers(owner) {
  return (await closed()).filter((each) => each.owner !== owner).length;
}

/** @returns {Promise<number>} the place after the last entry that waits */
export async function nextPlace() {
  return Math.max(0, ...(await closed()).map((each) => each.place)) + 1;
}

/** @param {string} id */
export async function drop(id) {
  await within(BOXES, "readwrite", (boxes) => boxes.delete(id));
}

/** @returns {Promise<Closed[]>} */
async function closed() {
  const all = await within(BOXES, "readonly", (boxes) => boxes.getAll());
  return all.sort((one, other) => one.place - other.place);
}
