// Keeps a screen true. The stream only says "this changed"; the page fetches the fragment again.
// The stream broken, the network gone, or 15 seconds without a sign of life: the screen says so in large words
// and polls until it is back.

import { now } from "./countdown.js";

const SILENCE_MS = 15_000;
const POLL_MS = 5_000;

let lastSign = Date.now();
let lostAt = 0;
let isLeaving = false;
let serverAt = 0;

/** Changes that came together are fetched together; an alarm is among them at once. */
const GATHER_MS = 40;
/** @type {{topic?: string, id?: string}[]} */
let waiting = [];

/**
 * The site's time of day, by the server's clock: never this device's zone beside the site's times.
 * @param {number} at milliseconds by this device
 */
function clock(at) {
  const timeZone = document.documentElement.dataset.zone || undefined;
  const shown = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone };
  return new Intl.DateTimeFormat("en-GB", /** @type {Intl.DateTimeFormatOptions} */ (shown)).format(at + now() - Date.now());
}

/** Fragments that want to know: data-live-topic lists topics, data-live-src is where they come from. */
function listeners() {
  return [...document.querySelectorAll("[data-live-topic][data-live-src]")];
}

/**
 * @param {Element} element
 * @param {{topic?: string, id?: string}} change
 */
function cares(element, change) {
  const topics = (element.getAttribute("data-live-topic") ?? "").split(/\s+/);
  return topics.includes(change.topic ?? "") || topics.includes(`${change.topic}:${change.id}`);
}

/** @param {Element} element */
function isBeingUsed(element) {
  return element.matches(":hover") || element.contains(document.activeElement);
}

/** @param {Element} element */
function isBeingFilledIn(element) {
  const active = document.activeElement;
  return !!active && element.contains(active) && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
}

/**
 * Puts the new element in the place of the old one and gives the focus back to what had it.
 * @param {Element} old
 * @param {Element} fresh
 */
function replace(old, fresh) {
  const active = document.activeElement;
  const focusId = active && old.contains(active) ? active.id : "";
  for (const opened of old.querySelectorAll("details[id][open]")) {
    const twin = fresh.querySelector(`#${CSS.escape(opened.id)}`);
    if (twin instanceof HTMLDetailsElement) twin.open = true;
  }
  old.replaceWith(fresh);
  if (focusId) document.getElementById(focusId)?.focus();
  // @ts-ignore htmx is loaded by the page
  if (window.htmx) window.htmx.process(fresh);
}

/**
 * While a list is in use its content changes in place and its order waits.
 * @param {Element} old
 * @param {Element} fresh
 * @returns {boolean} whether everything new is shown
 */
function settle(old, fresh) {
  if (!isBeingUsed(old)) return replace(old, fresh), true;
  const keys = (/** @type {Element} */ list) => [...list.querySelectorAll("[data-key]")].map((e) => e.getAttribute("data-key"));
  const sameOrder = keys(old).join() === keys(fresh).join();
  if (!old.hasAttribute("data-live-keep-order") || !keys(old).length) {
    if (isBeingFilledIn(old)) return false;
    return replace(old, fresh), true;
  }
  for (const part of fresh.querySelectorAll("[data-key]")) {
    const twin = old.querySelector(`[data-key="${CSS.escape(part.getAttribute("data-key") ?? "")}"]`);
    if (twin && !isBeingFilledIn(twin)) replace(twin, /** @type {Element} */ (part.cloneNode(true)));
  }
  return sameOrder;
}

/** @param {Element} element */
async function refresh(element) {
  const src = element.getAttribute("data-live-src") ?? "";
  const reply = await fetch(src, { headers: { "HX-Request": "true", "Kairos-Background": "1" }, redirect: "manual" });
  if (!reply.ok) throw new Error(`live fragment answered ${reply.status}`);
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").body.firstElementChild;
  if (!fresh || !element.isConnected || settle(element, fresh)) return;
  const again = () => refresh(element).catch(() => {});
  element.addEventListener("pointerleave", again, { once: true });
  element.addEventListener("focusout", again, { once: true });
}

/** @param {(element: Element) => boolean} which */
async function refreshAll(which) {
  await Promise.allSettled(listeners().filter(which).map(refresh));
}

/** Something came from the server: the screen is true again. */
function sign() {
  lastSign = Date.now();
  const word = document.querySelector("[data-live-word]");
  if (word instanceof HTMLElement) word.textContent = (word.dataset.liveWord ?? "").replace("{time}", clock(lastSign));
  if (!lostAt) return;
  lostAt = 0;
  const band = document.getElementById("not-live");
  if (band) band.hidden = true;
  refreshAll(() => true);
}

/** Says in large words, at once, that what is shown may be old. */
function lose() {
  if (lostAt || isLeaving) return;
  lostAt = lastSign;
  const band = document.getElementById("not-live");
  const words = band?.querySelector("[data-live-lost]");
  if (words instanceof HTMLElement) words.textContent = (words.dataset.liveLost ?? "").replace("{time}", clock(lostAt));
  if (band) band.hidden = false;
  const line = document.querySelector("[data-live-word]");
  if (line && words) line.textContent = words.textContent;
}

/** When a part that asks for patience was fetched last, by its id. @type {Map<string, number>} */
const fetchedAt = new Map();

/**
 * A large part may say how many seconds lie between two fetches (data-live-every); alarms are a part of their own.
 * @param {Element} element
 */
function isItsTime(element) {
  const every = Number(element.getAttribute("data-live-every") ?? 0) * 1000;
  if (!every) return true;
  const left = (fetchedAt.get(element.id) ?? 0) + every - Date.now();
  if (left <= 0) return fetchedAt.set(element.id, Date.now()), true;
  if (!element.hasAttribute("data-live-waits")) {
    element.setAttribute("data-live-waits", "");
    setTimeout(() => refreshAll((each) => each.id === element.id && isItsTime(each)), left);
  }
  return false;
}

/** Fetches once whatever cares about the changes that have come. */
function fetchWaiting() {
  const changes = waiting;
  waiting = [];
  refreshAll((element) => changes.some((change) => cares(element, change)) && isItsTime(element));
}

/** @param {MessageEvent} event */
function changed(event) {
  sign();
  try {
    waiting.push(JSON.parse(event.data));
    if (waiting.length === 1) setTimeout(fetchWaiting, GATHER_MS);
  } catch {
    refreshAll(() => true);
  }
}

/**
 * A sign of life counts only while the server's clock goes on: one that stands still shows nothing new.
 * @param {MessageEvent} event
 */
function heard(event) {
  let at = 0;
  try {
    at = Date.parse(JSON.parse(event.data).at ?? "");
  } catch {
    // A sign without a time is a sign.
  }
  if (at && at <= serverAt) return;
  serverAt = at || serverAt;
  sign();
}

/** Connects where the page names a stream. */
export function goLive() {
  const url = document.body.dataset.liveUrl;
  if (!url) return;
  const { keptAt } = document.documentElement.dataset;
  if (keptAt) {
    // A page that the device kept is old from the first moment, and says so.
    lastSign = Date.parse(keptAt);
    lose();
  }
  document.addEventListener("kairos:sent", () => refreshAll(() => true));
  const stream = new EventSource(url);
  stream.addEventListener("open", sign);
  stream.addEventListener("changed", changed);
  stream.addEventListener("catch-up", () => (sign(), refreshAll(() => true)));
  stream.addEventListener("heartbeat", heard);
  // Whoever leaves the page has not lost it; the stream ends because the page does.
  window.addEventListener("pagehide", () => (isLeaving = true));
  window.addEventListener("pageshow", () => (isLeaving = false));
  stream.addEventListener("error", lose);
  window.addEventListener("offline", lose);
  setInterval(() => {
    if (!lostAt && Date.now() - lastSign > SILENCE_MS) lose();
  }, 1_000);
  setInterval(() => {
    if (lostAt) refreshAll(() => true);
  }, POLL_MS);
}
