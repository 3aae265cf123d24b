// Opens a journal on the page: with the key that this browser holds since the passphrase was given, else by asking.

import { forgetJournalKey, journalKeyOf, keepJournalKey } from "./device_store.js";
import * as box from "./journal_crypto.js";
import { newId, owner } from "./queue.js";

export const SHORTEST = 12;
const TELL_EVERY_MS = 10_000;

/** @typedef {{entry: string, key: string, at: string, iv: string, box: string}} Kept */
/** @typedef {{at: string, version: number, names: string[]}} Share */
/**
 * @typedef {object} Journal
 * @property {string} person
 * @property {string} key the id of the key that new entries are closed under
 * @property {string} zone
 * @property {number} iterations
 * @property {Record<string, {passphrase: box.Wrapped, recovery: box.Wrapped}>} ways
 * @property {Kept[]} entries
 * @property {Record<string, Share>} shared
 */

const noKeys = document.getElementById("no-keys");
if (noKeys) noKeys.hidden = window.isSecureContext;

// A page that the back button brings again asks anew: whoever presses it may be somebody else by then.
window.addEventListener("pagehide", () => {
  for (const each of document.querySelectorAll("#opened")) if (each instanceof HTMLElement) each.hidden = true;
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

/** @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
export function part(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`this page has no ${id}`);
  return found;
}

/** @returns {Journal} what the server keeps: closed */
export function journalOfPage() {
  return JSON.parse(document.getElementById("journal-data")?.textContent ?? "{}");
}

/** @param {string} id @param {string} words nothing takes it away */
export function say(id, words) {
  const place = part(id, HTMLElement);
  place.textContent = words;
  place.hidden = words === "";
}

/** @returns {number} until when an opened journal stays open where nobody touches it */
function until() {
  return Date.now() + Number(document.body.dataset.idleSeconds || 600) * 1000;
}

/** Fills the id of the command into a form that is about to leave. @param {HTMLFormElement} form @param {Record<string, string>} values */
export function fill(form, values) {
  for (const [name, value] of Object.entries({ command_id: newId(), ...values })) {
    const control = form.elements.namedItem(name);
    if (control instanceof HTMLInputElement) control.value = value;
  }
}

/** @param {string} id @param {CryptoKey} key */
export function holdOpen(id, key) {
  return keepJournalKey(owner(), id, key, until());
}

/**
 * Calls back with the key, at once or after the passphrase was given. A page that the server does not know as
 * somebody's keeps nothing.
 * @param {Journal} journal @param {(key: CryptoKey) => unknown} opened
 */
export async function whenOpen(journal, opened) {
  const held = await journalKeyOf(owner());
  if (held && held.id === journal.key) return begin(journal, held.key, opened);
  ask(async (secret) => {
    const wrapped = journal.ways[journal.key]?.passphrase;
    const key = wrapped && (await box.unwrap(wrapped, secret, { person: journal.person, key: journal.key, way: "passphrase" }));
    if (!key) return false;
    await begin(journal, key, opened);
    return true;
  });
}

/** Shows the form for the passphrase until it opens. @param {(secret: string) => Promise<boolean>} attempt */
export function ask(attempt) {
  const form = part("unlock", HTMLFormElement);
  const input = part("secret", HTMLInputElement);
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("unlock-problem", "");
    const isOpen = await attempt(input.value);
    if (!isOpen) say("unlock-problem", form.dataset.wrong ?? "");
    else form.remove();
    input.value = "";
  });
}

/** @param {Journal} journal @param {CryptoKey} key @param {(key: CryptoKey) => unknown} opened */
async function begin(journal, key, opened) {
  await holdOpen(journal.key, key).catch(() => {});
  let held = Date.now();
  const here = () => {
    if (Date.now() - held < TELL_EVERY_MS || !owner()) return;
    held = Date.now();
    holdOpen(journal.key, key).catch(() => {});
  };
  for (const kind of ["pointerdown", "keydown", "scroll", "input"]) document.addEventListener(kind, here, { passive: true });
  part("opened", HTMLElement).hidden = false;
  await opened(key);
}

/** Closes the journal and shows the page as it is without the key. */
export async function closeJournal() {
  await forgetJournalKey(owner());
  location.reload();
}

/** @param {Journal} journal @param {string} at */
export function inWords(journal, at) {
  const how = /** @type {const} */ ({ dateStyle: "long", timeStyle: "short", timeZone: journal.zone });
  return new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, how).format(new Date(at));
}

/**
 * Opens all versions of all entries, those of an entry together, the newest entry first.
 * @param {Journal} journal @param {CryptoKey} key
 * @returns {Promise<{entry: string, at: string, texts: (string | null)[]}[]>}
 */
export async function openAll(journal, key) {
  /** @type {Map<string, {entry: string, at: string, texts: (string | null)[]}>} */
  const found = new Map();
  for (const each of journal.entries) {
    const words = each.key === journal.key ? await box.open(key, journal.person, each.entry, each) : null;
    const one = found.get(each.entry) ?? { entry: each.entry, at: each.at, texts: [] };
    one.texts.push(words ? words.text : null);
    found.set(each.entry, one);
  }
  return [...found.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
}
