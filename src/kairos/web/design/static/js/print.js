// A button that prints the page; without a script it stays hidden and the browser's own way remains.

for (const place of document.querySelectorAll("[data-print]")) {
  if (!(place instanceof HTMLElement)) continue;
  place.hidden = false;
  place.addEventListener("click", () => window.print());
}
