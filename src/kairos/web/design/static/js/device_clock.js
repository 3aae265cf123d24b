// How far the server's clock is ahead of this device's, measured at each answer; kept for pages that come from the device.

const KEPT = "kairos-ahead-ms";

/**
 * @param {string} serverNow what the server's clock said
 * @param {number} heardAt when the answer was here, by this device: so the server is at least so far on
 */
export function measure(serverNow, heardAt = Date.now()) {
  const ahead = Date.parse(serverNow) - heardAt;
  if (Number.isFinite(ahead)) localStorage.setItem(KEPT, String(Math.round(ahead)));
}

/** @returns {number | null} milliseconds by which the server was ahead when last compared; null where it never was */
export function serverAheadMs() {
  const kept = localStorage.getItem(KEPT);
  return kept === null ? null : Number(kept);
}

/** A page fresh from the server says its time; one that the device kept does not know the present one. */
export function measureByPage() {
  const { serverNow, keptAt } = document.documentElement.dataset;
  if (serverNow && !keptAt) measure(serverNow);
}
