// On the page of all forms: opens the one that was asked for, by its address or by its name.

const asked = document.querySelector(`[data-path="${CSS.escape(location.pathname)}"]`) ?? document.getElementById(location.hash.slice(1));
if (asked instanceof HTMLDetailsElement) {
  asked.open = true;
  document.title = `${asked.querySelector("h2")?.textContent ?? ""}, ${document.title}`;
  for (const other of document.querySelectorAll("details[data-path]")) if (other !== asked && other instanceof HTMLElement) other.hidden = true;
}
