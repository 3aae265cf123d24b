// What every page does: focus on errors, closed gates, idle watch, live updates, countdowns, keys, waiting entries.

import { countDown } from "./countdown.js";
import { watchIdle } from "./idle.js";
import { takeKeys } from "./keys.js";
import { showLife } from "./life.js";
import { goLive } from "./live.js";
import { startQueue } from "./queue_page.js";

/** Moves the focus to the summary of errors, so that it is read first. */
function focusOnErrors() {
  const summary = document.querySelector("[data-take-focus]");
  if (summary instanceof HTMLElement) summary.focus();
}

/** A closed gate stays focusable; pressing it does nothing but keep its reason in view. */
function holdClosedGates() {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest("[aria-disabled=true]") : null;
    if (target) event.preventDefault();
  });
}

/** A wide drawing opens scrolled to now. */
function scrollToNow() {
  for (const line of document.querySelectorAll(".scroll [data-now]")) {
    const region = line.closest(".scroll");
    if (!region) continue;
    const offset = line.getBoundingClientRect().left - region.getBoundingClientRect().left;
    region.scrollLeft += offset - region.clientWidth * 0.66;
  }
}

focusOnErrors();
holdClosedGates();
scrollToNow();
countDown(document);
takeKeys();
watchIdle();
showLife();
goLive();
startQueue();
