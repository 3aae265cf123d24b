// Tells the server that someone is here while they type or point, and looks again once it must have locked.

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
    if (Date.now() - seen > idleMs + SLACK_MS) location.reload();
  }, 5_000);
}
