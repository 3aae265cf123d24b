// Tells the server that someone is here while they type or point, and looks again once it must have locked.

import { forgetOtherKeys } from "./device_store.js";

const TELL_EVERY_MS = 60_000;
const SLACK_MS = 2_000;

/** Starts only where the frame says after how many idle seconds entry locks. */
export function watchIdle() {
  const idleMs = Number(document.body.dataset.idleSeconds ?? 0) * 1000;
  const url = document.body.dataset.hereUrl;
  if (!idleMs || !url) return;
  let seen = Date.now();
  let told = Date.now();

  /** @type {Record<string, string>} */
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");

  const here = () => {
    seen = Date.now();
    if (seen - told < Math.min(TELL_EVERY_MS, idleMs / 3)) return;
    told = seen;
    fetch(url, { method: "POST", headers, redirect: "manual" }).catch(() => {});
  };
  for (const kind of ["pointerdown", "keydown", "scroll", "input"]) {
    document.addEventListener(kind, here, { passive: true });
  }
  setInterval(() => {
    if (Date.now() - seen > idleMs + SLACK_MS) lockHere();
  }, 5_000);
}

/**
 * Looks again, and finds the server's lock. Out of the server's reach the page stays in sight, and nothing more
 * can be entered on it: what opens waiting entries is dropped, and every form is taken away.
 */
function lockHere() {
  fetch(location.href, { method: "HEAD", cache: "no-store", headers: { "Kairos-Background": "1" } }).then(
    () => location.reload(),
    () => {
      if (document.documentElement.dataset.lockedHere) return;
      document.documentElement.dataset.lockedHere = "1";
      document.body.dataset.owner = "";
      forgetOtherKeys("").catch(() => {});
      navigator.serviceWorker?.controller?.postMessage({ kind: "empty" });
      for (const form of document.querySelectorAll("main form, .idbar form, .dock")) form.remove();
      const band = document.getElementById("locked-here");
      if (band) band.hidden = false;
    },
  );
}
