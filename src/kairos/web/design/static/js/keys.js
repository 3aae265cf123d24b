// Keys of the board: A takes the first alarm, S the second, 1 to 9 opens a place, arrows go from place to place,
// ? shows the list of keys.
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

/** Where an arrow leads from one place of the board to the next, by what the eye sees. */
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * The place that lies nearest in a direction; the first one where none has the focus yet.
 * @param {number} dx
 * @param {number} dy
 */
function neighbour(dx, dy) {
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("a[data-step]")]);
  const here = document.activeElement instanceof Element ? document.activeElement.closest("a[data-step]") : null;
  if (!here) return places[0];
  const from = here.getBoundingClientRect();
  const far = places
    .filter((place) => place !== here)
    .map((place) => ({ place, x: place.getBoundingClientRect().left - from.left, y: place.getBoundingClientRect().top - from.top }))
    .filter(({ x, y }) => (dx ? Math.sign(x) === dx && Math.abs(y) < from.height * 2 : Math.sign(y) === dy && Math.abs(y) > from.height))
    .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
  return far[0]?.place;
}

/** Shows or hides the list of keys. */
function toggleHelp() {
  const help = document.getElementById("keys-help");
  if (help instanceof HTMLDetailsElement) help.open = !help.open;
}

/** @param {KeyboardEvent} event */
function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (event.key === "?") return toggleHelp();
  const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
  if (arrow) {
    const next = neighbour(arrow[0], arrow[1]);
    if (!next) return;
    event.preventDefault();
    return next.focus();
  }
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
