// Keys of the board: A takes the first alarm, S the second, 1 to 9 opens a place.
// A page asks for them with data-keys; the person can turn them off there, and that is remembered.

const REMEMBERED = "kairos-keys";

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** @param {string} key */
function wanted(key) {
  const taken = document.querySelector(`[data-shortcut="${CSS.escape(key.toUpperCase())}"]`);
  if (taken) return taken;
  return /^[1-9]$/.test(key) ? document.querySelector(`a[data-place="${key}"]`) : null;
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const control = wanted(event.key);
  if (!(control instanceof HTMLElement)) return;
  event.preventDefault();
  control.click();
}

/** @param {HTMLInputElement} toggle */
function remember(toggle) {
  toggle.checked = localStorage.getItem(REMEMBERED) !== "off";
  toggle.addEventListener("change", () => localStorage.setItem(REMEMBERED, toggle.checked ? "on" : "off"));
}

/** Listens only where the page has keys, and only while the person has them on. */
export function takeKeys() {
  const toggle = document.querySelector("input[data-keys]");
  if (!(toggle instanceof HTMLInputElement)) return;
  remember(toggle);
  document.addEventListener("keydown", (event) => {
    if (toggle.checked) press(event);
  });
}
