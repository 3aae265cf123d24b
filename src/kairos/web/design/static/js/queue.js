// Entries that are made on this device and sent to the server: once, in order, by who made them.
//
// For other parts: a page names its maker (<body data-owner data-queue-url>, where the address answers
// `standing_for` of web/offline/standing.py), then either marks a form with data-queue="What it is"
// (queue_page.js does the rest), or calls
//
//   import { put, send, waiting, onChange, setAside, keepPages } from "./queue.js";
//   const entry = await put({ action: "/where/it/is/posted/", fields: [["answer", "well"]], label: "All is well" });
//   const [outcome] = await send();     // tried at once; else again by itself when the network is back
//
// put() adds the command id, the device's time and clock, and is on the disk when it returns. The view behind
// `action` is an ordinary one: form in, redirect out; a redirect with a warning among the messages is a refusal,
// a page of 400 too (web/offline/answers.py). Entries of a session take the time of the device by themselves;
// other actions ask `device_of_entry()` (actions/entry_device.py).

import { serverAheadMs, measure } from "./device_clock.js";
import * as store from "./device_store.js";

const PATIENCE_MS = 8_000;
const DEVICE = "kairos-device";
const LOCK = "kairos-queue";

/**
 * @typedef {object} Entry
 * @property {string} id the id of the command that it becomes; made once
 * @property {string} owner who made it
 * @property {number} place its order
 * @property {"waiting" | "refused"} state
 * @property {string} action where it is posted
 * @property {[string, string][]} fields
 * @property {string} label what it is
 * @property {string} detail its values in words
 * @property {string} page where its form is
 * @property {string[]} reasons why the server refused it
 * @property {string} madeAt the device's clock when it was made
 * @property {number | null} aheadMs by how much the server was ahead when last compared before
 * @property {number} movedMs by how much this device's clock was set differently since
 * @property {string} seen the last entry that the screen showed
 * @property {string} device
 * @property {boolean} isSent whether it has left once; from then on nothing of it changes
 */

/** @typedef {Pick<Entry, "madeAt" | "aheadMs" | "movedMs" | "seen">} Moment when something was made, and what was seen */

/** @typedef {{id: string, state: "saved" | "refused" | "waiting", label: string, url?: string, said?: string[], page?: string, reasons?: string[]}} Outcome */

/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {string} who is signed in on this page; nothing where nobody is */
export function owner() {
  return document.body.dataset.owner ?? "";
}

/** @returns {boolean} whether this browser can keep entries at all: it does so only over TLS or on this machine */
export function isAble() {
  return window.isSecureContext && "indexedDB" in window && owner() !== "";
}

/** Calls back whenever something was kept, sent, refused or set aside. @param {() => void} listener */
export function onChange(listener) {
  listeners.add(listener);
}

function tell() {
  for (const listener of listeners) listener();
}

/** @returns {string} a UUIDv7, so that ids sort by when they were made */
export function newId() {
  const time = Date.now().toString(16).padStart(12, "0");
  const random = crypto.randomUUID();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

function device() {
  const known = localStorage.getItem(DEVICE) ?? crypto.randomUUID();
  localStorage.setItem(DEVICE, known);
  return known;
}

/** @returns {string} the place of the last entry that this page shows */
function seen() {
  const shown = document.querySelector("[data-seq]");
  return shown instanceof HTMLElement ? (shown.dataset.seq ?? "") : "";
}

/**
 * Keeps an entry on this device; it is on the disk when this returns, and not sent yet.
 * @param {{action: string, fields: [string, string][], label: string, detail?: string, page?: string, id?: string, like?: Moment}} made
 *   `like` is the moment of an entry that this one mends or repeats
 * @returns {Promise<Entry>}
 */
export async function put(made) {
  await prepare();
  /** @type {Entry} */
  const entry = {
    id: made.id ?? newId(),
    owner: owner(),
    place: await store.nextPlace(),
    state: "waiting",
    action: made.action,
    fields: made.fields.filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "command_id"),
    label: made.label,
    detail: made.detail ?? "",
    page: made.page ?? "",
    reasons: [],
    madeAt: made.like?.madeAt ?? new Date().toISOString(),
    aheadMs: made.like ? made.like.aheadMs : serverAheadMs(),
    movedMs: made.like?.movedMs ?? 0,
    seen: made.like?.seen ?? seen(),
    device: device(),
    isSent: false,
  };
  const before = (await store.entriesOf(entry.owner)).find((each) => each.id === entry.id);
  if (before) return before;
  await store.keep(entry);
  tell();
  return entry;
}

/** Makes sure that entries can be kept here from now on, with or without a network. */
export async function prepare() {
  if (!(await store.hasKey(owner()))) await connect();
}

/** @returns {Promise<Entry[]>} what waits or was refused, of who is signed in on this page, in order */
export async function waiting() {
  return isAble() ? store.entriesOf(owner()) : [];
}

/** Drops an entry that its maker gives up. @param {string} id */
export async function setAside(id) {
  await store.drop(id);
  tell();
}

/** Lets a refused entry be tried again as it is. @param {Entry} entry */
export async function tryAgain(entry) {
  await store.keep({ ...entry, state: "waiting", reasons: [] });
  tell();
}

/**
 * Asks who is signed in, and compares the clocks.
 * @returns {Promise<{csrf: string} | null>} null where the server is out of reach, or somebody else is signed in
 */
async function connect() {
  const url = document.body.dataset.queueUrl;
  if (!url) return null;
  try {
    const headers = { "Kairos-Background": "1" };
    const reply = await fetch(url, { headers, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!reply.ok) return null;
    const heardAt = Date.now();
    const standing = await reply.json();
    measure(standing.now, heardAt);
    if (standing.owner !== owner()) return null;
    await store.keepKey(standing.owner, standing.key);
    return standing;
  } catch {
    return null;
  }
}

/**
 * Sends what waits, oldest first. Tabs of one browser take turns.
 * @param {string} [before] id of an entry before whose form somebody waits
 * @returns {Promise<Outcome[]>}
 */
export async function send(before = "") {
  if (!isAble()) return [];
  const outcomes = await navigator.locks.request(LOCK, () => sendAll(before));
  if (outcomes.some((each) => each.state !== "waiting")) {
    tell();
    document.dispatchEvent(new CustomEvent("kairos:sent", { detail: outcomes }));
  }
  return outcomes;
}

/** @param {string} before @returns {Promise<Outcome[]>} */
async function sendAll(before) {
  const entries = (await waiting()).filter((each) => each.state === "waiting");
  const standing = entries.length ? await connect() : null;
  const outcomes = [];
  for (const entry of entries) {
    const outcome = standing ? await sendOne(await ready(entry), standing.csrf, entry.id === before) : null;
    outcomes.push(outcome ?? { id: entry.id, label: entry.label, state: /** @type {const} */ ("waiting") });
    if (!outcome) break;
  }
  return outcomes;
}

/**
 * Fixes an entry before it leaves for the first time: however often it is sent, it says the same.
 * @param {Entry} entry
 */
async function ready(entry) {
  if (entry.isSent) return entry;
  const now = serverAheadMs() ?? 0;
  const aheadMs = entry.aheadMs ?? now;
  const fixed = { ...entry, aheadMs, movedMs: entry.movedMs || now - aheadMs, isSent: true };
  await store.keep(fixed);
  return fixed;
}

/**
 * @param {Entry} entry
 * @param {string} csrf
 * @param {boolean} isBefore
 * @returns {Promise<Outcome | null>} null where it may not have arrived, and is to be sent again
 */
async function sendOne(entry, csrf, isBefore) {
  const told = await post(entry, csrf, isBefore);
  if (!told || told.state === "not_now") return null;
  if (told.state === "saved") await store.drop(entry.id);
  else await store.keep({ ...entry, state: "refused", isSent: false, reasons: reasonsOf(told) });
  return { id: entry.id, label: entry.label, ...told, reasons: reasonsOf(told) };
}

/** @param {Entry} entry @param {string} csrf @param {boolean} isBefore */
async function post(entry, csrf, isBefore) {
  const body = new URLSearchParams([
    ...entry.fields,
    ["csrfmiddlewaretoken", csrf],
    ["command_id", entry.id],
    ["device_at", entry.madeAt],
    ["device_ahead_s", String(-(entry.aheadMs ?? 0) / 1000)],
    ["device_moved_s", String(entry.movedMs / 1000)],
    ["device_seen", entry.seen],
    ["device_id", entry.device],
  ]);
  const headers = { "Kairos-Entry": isBefore ? "now" : "queued" };
  try {
    const reply = await fetch(entry.action, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
    return reply.ok ? await reply.json() : null;
  } catch {
    return null;
  }
}

/** @param {{reasons?: string[], page?: string}} told */
function reasonsOf(told) {
  if (told.reasons?.length) return told.reasons;
  const page = new DOMParser().parseFromString(told.page ?? "", "text/html");
  const found = [...page.querySelectorAll(".errs li, main .reason, main h1")].map((each) => each.textContent?.trim() ?? "");
  const listed = [...page.querySelectorAll(".errs li")].map((each) => each.textContent?.trim() ?? "");
  return (listed.length ? listed : found).filter(Boolean);
}

/**
 * Asks the service worker to keep pages of this person's open session in reach until log-out.
 * @param {string[]} urls
 */
export function keepPages(urls) {
  const told = { kind: "keep", urls, owner: owner() };
  navigator.serviceWorker?.ready.then((there) => there.active?.postMessage(told)).catch(() => {});
}
