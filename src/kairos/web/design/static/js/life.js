// Says again and again that this page is open, so that the silence of somebody who watches is seen by others.

const EVERY_MS = 20_000;

/** Starts only on the pages of those who may watch a session. */
export function showLife() {
  const url = document.body.dataset.lifeUrl;
  if (!url) return;
  /** @type {Record<string, string>} */
  const headers = { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "Kairos-Background": "1" };
  const say = () => fetch(url, { method: "POST", headers, redirect: "manual" }).catch(() => {});
  say();
  setInterval(say, EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) say();
  });
}
