// Counts down from due times the server sent. The server decides; the browser only counts.

import { measureByPage, serverAheadMs } from "./device_clock.js";

const MINUTE_MS = 60_000;

/** Milliseconds by which the server's clock is ahead of this device's: of now, or as last compared on a kept page. */
measureByPage();
const aheadMs = serverAheadMs() ?? 0;

/** @returns {number} the server's time, in milliseconds */
export function now() {
  return Date.now() + aheadMs;
}

/**
 * @param {number} leftMs time until due; negative when it has passed
 * @param {DOMStringMap} words data-minute, data-late, data-second, data-now
 * @returns {[number | string, string]} number and unit; a word alone while it is due
 */
export function reading(leftMs, words) {
  if ("seconds" in words && leftMs >= 0 && leftMs < MINUTE_MS) return [Math.floor(leftMs / 1000), words.second ?? ""];
  if (leftMs > 0) return [Math.ceil(leftMs / MINUTE_MS), words.minute ?? ""];
  if (leftMs > -MINUTE_MS) return [words.now ?? "", ""];
  return [Math.floor(-leftMs / MINUTE_MS), words.late ?? ""];
}

/** @param {Element} element */
function show(element) {
  if (!(element instanceof HTMLElement)) return;
  const [number, unit] = reading(Date.parse(element.dataset.due ?? "") - now(), element.dataset);
  write(element.querySelector("[data-number]"), String(number));
  write(element.querySelector("[data-unit]"), unit);
}

/**
 * Touches the page only when the words change, so that nothing is announced without need.
 * @param {Element | null} element
 * @param {string} words
 */
function write(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

/** @param {ParentNode} root */
function showAll(root) {
  root.querySelectorAll("[data-due]").forEach(show);
}

/** @param {ParentNode} root */
export function countDown(root) {
  showAll(root);
  setInterval(() => showAll(root), 1000);
}
