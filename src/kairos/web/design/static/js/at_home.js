// A session at home on a telephone: the timer goes on without a network, the page asks for what is new, and
// tells that this telephone is in reach. What is pressed goes through the queue, so that nothing is lost.

import { now } from "./countdown.js";
import { newId } from "./queue.js";

const ASK_MS = 15_000;
const HERE_MS = 60_000;
const MINUTE_MS = 60_000;
const CENTRE = 160;
const HEAD = 143;

/** @returns {HTMLElement | null} the changing part */
function part() {
  return document.querySelector("[data-part]");
}

/** @param {Element} element @param {string} words */
function write(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Draws the time that has gone by, by the server's clock as it was last known. */
function tick() {
  for (const dial of document.querySelectorAll("[data-dial][data-since]")) turn(/** @type {SVGElement} */ (dial));
  for (const each of document.querySelectorAll("b[data-since]")) {
    if (each instanceof HTMLElement) write(each, String(minutesSince(each.dataset.since)));
  }
  for (const each of document.querySelectorAll("[data-next]")) {
    if (!(each instanceof HTMLElement)) continue;
    const left = Math.ceil((Date.parse(each.dataset.next ?? "") - now()) / MINUTE_MS);
    write(each, left > 0 ? (each.dataset.words ?? "").replace("{count}", String(left)) : (each.dataset.nowWords ?? ""));
  }
}

/** @param {string | undefined} since */
function minutesSince(since) {
  return Math.max(0, Math.floor((now() - Date.parse(since ?? "")) / MINUTE_MS));
}

/** @param {SVGElement} dial */
function turn(dial) {
  const minutes = minutesSince(dial.dataset.since);
  const share = Math.min(1, minutes / Number(dial.dataset.least));
  dial.querySelectorAll("line").forEach((line, place) => line.setAttribute("class", place / 60 <= share ? "on" : "off"));
  const head = dial.querySelector(".head");
  head?.setAttribute("cx", (CENTRE + HEAD * Math.sin(2 * Math.PI * share)).toFixed(1));
  head?.setAttribute("cy", (CENTRE - HEAD * Math.cos(2 * Math.PI * share)).toFixed(1));
  const words = document.querySelector("[data-minutes]");
  if (words instanceof HTMLElement) write(words, (words.dataset.minutes ?? "").replace("{count}", String(minutes)));
}

/** Says honestly whether this telephone reaches the team. @param {boolean} isReached */
function reached(isReached) {
  document.querySelectorAll("[data-offline]").forEach((band) => band.toggleAttribute("hidden", isReached));
  if (!isReached) showCalls();
}

/** Ways to call are out of the way until help was asked for, or nothing else is left. */
function showCalls() {
  document.querySelectorAll("[data-calls]").forEach((ways) => ways.removeAttribute("hidden"));
}

/** Asks for the part anew; while somebody fills something in, it waits. */
async function ask() {
  const old = part();
  if (!old) return;
  try {
    const headers = { "Kairos-Background": "1" };
    const reply = await fetch(old.dataset.part ?? "", { headers, cache: "no-store", signal: AbortSignal.timeout(8_000) });
    if (reply.status === 410) return location.reload();
    if (!reply.ok) throw new Error(String(reply.status));
    swap(old, await reply.text());
    reached(true);
  } catch {
    reached(false);
  }
}

/** @param {HTMLElement} old @param {string} text */
function swap(old, text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-part]");
  const active = document.activeElement;
  const isBusy = old.querySelector("[data-sending]") || (active && old.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName));
  if (!fresh || isBusy) return;
  const waits = document.getElementById("waiting");
  const place = fresh.querySelector("#waiting");
  if (waits && place) place.replaceWith(waits);
  const name = active instanceof HTMLElement ? active.closest("form")?.getAttribute("action") : null;
  old.replaceWith(fresh);
  if (name) fresh.querySelector(`form[action="${CSS.escape(name)}"] button`)?.focus?.();
  tick();
}

/** Tells that this telephone is in reach. */
async function beHere() {
  const url = part()?.dataset.here;
  if (!url || document.documentElement.dataset.keptAt) return;
  const body = new URLSearchParams([["command_id", newId()]]);
  const sent = fetch(url, { method: "POST", body, headers: { "Kairos-Background": "1" }, signal: AbortSignal.timeout(8_000) });
  await sent.then(() => reached(true)).catch(() => reached(false));
}

/** Help and emergency act at once; where the team cannot be told, the telephone calls. @param {SubmitEvent} event */
function pressed(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const isAlone = !navigator.onLine;
  if ("help" in form.dataset) {
    document.querySelectorAll("[data-help-alone]").forEach((words) => words.toggleAttribute("hidden", !isAlone));
    showCalls();
    if (isAlone && form.dataset.helpTel) call(form.dataset.helpTel);
  }
  if (form.dataset.dial) call(form.dataset.dial);
}

/** Opens a call beside the page. @param {string} number */
function call(number) {
  const way = document.createElement("a");
  way.href = `tel:${number}`;
  way.dispatchEvent(new CustomEvent("kairos:call", { bubbles: true }));
  document.body.append(way);
  way.click();
  way.remove();
}

/** Keeps the screen from sleeping, dark as it is, where the browser can. */
async function stayAwake() {
  if (!document.querySelector("[data-awake]") || document.visibilityState !== "visible") return;
  await navigator.wakeLock?.request("screen").catch(() => null);
}

document.addEventListener("submit", pressed, true);
window.addEventListener("online", () => (ask(), beHere()));
window.addEventListener("offline", () => reached(false));
document.addEventListener("visibilitychange", stayAwake);
document.addEventListener("kairos:sent", () => ask());
tick();
setInterval(tick, 10_000);
if (part()) {
  reached(navigator.onLine);
  stayAwake();
  beHere();
  setInterval(ask, ASK_MS);
  setInterval(beHere, HERE_MS);
}
