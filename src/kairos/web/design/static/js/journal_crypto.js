// Closing and opening a journal, with what the browser has: PBKDF2 for what a person knows, AES-GCM for the rest.
// Nothing here speaks to the server. Every box is bound to whose it is and to what it is.

const NONCE_BYTES = 12;
const SALT_BYTES = 16;
const BLOCK = 512;
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE_LETTERS = 28;
const KIND = { name: "AES-GCM", length: 256 };
const text = new TextEncoder();

/** @typedef {{salt: string, iv: string, box: string, iterations: number}} Wrapped the journal's key, closed */
/** @typedef {{person: string, key: string, way: "passphrase" | "recovery"}} WayOf whose key, which, and what opens it */
/** @typedef {{iv: string, box: string}} Closed */

/** @param {ArrayBuffer | Uint8Array} bytes */
export function toBase64(bytes) {
  return btoa(Array.from(new Uint8Array(bytes), (each) => String.fromCharCode(each)).join(""));
}

/** @param {string} base64 */
function fromBase64(base64) {
  return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
}

/** @param {number} count */
function random(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}

/** @returns {Promise<CryptoKey>} a new key of a journal; it can be closed, and is not kept in this form */
export function makeKey() {
  return crypto.subtle.generateKey(KIND, true, ["encrypt", "decrypt"]);
}

/** @returns {string} a code of 140 random bits in groups of four, without letters that look alike */
export function newCode() {
  const letters = Array.from(random(CODE_LETTERS), (each) => LETTERS[each % LETTERS.length]).join("");
  return (letters.match(/.{4}/g) ?? []).join("-");
}

/** What was typed, as it was meant. @param {string} secret @param {WayOf["way"]} way */
function meant(secret, way) {
  if (way === "passphrase") return secret.normalize("NFKC").trim();
  return [...secret.toUpperCase()].filter((each) => LETTERS.includes(each)).join("");
}

/** @param {string} secret @param {WayOf["way"]} way @param {Uint8Array<ArrayBuffer>} salt @param {number} iterations */
async function derive(secret, way, salt, iterations) {
  const known = await crypto.subtle.importKey("raw", text.encode(meant(secret, way)), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, known, KIND, false, ["wrapKey", "unwrapKey"]);
}

/** @param {WayOf} of */
function ofWay({ person, key, way }) {
  return text.encode(`kairos journal/${person}/key/${key}/${way}`);
}

/**
 * Closes a journal's key under what a person knows.
 * @param {CryptoKey} key @param {string} secret @param {WayOf} of @param {number} iterations
 * @returns {Promise<Wrapped>}
 */
export async function wrap(key, secret, of, iterations) {
  const salt = random(SALT_BYTES);
  const iv = random(NONCE_BYTES);
  const under = await derive(secret, of.way, salt, iterations);
  const box = await crypto.subtle.wrapKey("raw", key, under, { name: "AES-GCM", iv, additionalData: ofWay(of) });
  return { salt: toBase64(salt), iv: toBase64(iv), box: toBase64(box), iterations };
}

/**
 * Opens a journal's key; nothing where the secret is another one.
 * @param {Wrapped} wrapped @param {string} secret @param {WayOf} of
 * @param {boolean} toCloseAnew whether it may be closed again under another secret
 * @returns {Promise<CryptoKey | null>}
 */
export async function unwrap(wrapped, secret, of, toCloseAnew = false) {
  const under = await derive(secret, of.way, fromBase64(wrapped.salt), wrapped.iterations);
  const how = { name: "AES-GCM", iv: fromBase64(wrapped.iv), additionalData: ofWay(of) };
  return crypto.subtle
    .unwrapKey("raw", fromBase64(wrapped.box), under, how, KIND, toCloseAnew, ["encrypt", "decrypt"])
    .catch(() => null);
}

/** @param {string} person @param {string} entry */
function ofEntry(person, entry) {
  return text.encode(`kairos journal/${person}/entry/${entry}`);
}

/**
 * Closes words under the journal's key, filled up so that their length tells little.
 * @param {CryptoKey} key @param {string} person @param {string} entry @param {{text: string}} words
 * @returns {Promise<Closed>}
 */
export async function close(key, person, entry, words) {
  const plain = JSON.stringify(words);
  const filled = plain.padEnd(Math.ceil(plain.length / BLOCK) * BLOCK);
  const iv = random(NONCE_BYTES);
  const how = { name: "AES-GCM", iv, additionalData: ofEntry(person, entry) };
  return { iv: toBase64(iv), box: toBase64(await crypto.subtle.encrypt(how, key, text.encode(filled))) };
}

/**
 * Opens words; nothing where the key is another one, or the box is of another entry or person.
 * @param {CryptoKey} key @param {string} person @param {string} entry @param {Closed} closed
 * @returns {Promise<{text: string} | null>}
 */
export async function open(key, person, entry, closed) {
  const how = { name: "AES-GCM", iv: fromBase64(closed.iv), additionalData: ofEntry(person, entry) };
  const plain = await crypto.subtle.decrypt(how, key, fromBase64(closed.box)).catch(() => null);
  return plain ? JSON.parse(new TextDecoder().decode(plain)) : null;
}
