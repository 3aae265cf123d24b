// Asks this browser for an address to which a notice can be sent, and gives it to the form.

const form = document.getElementById("push-form");
const said = document.getElementById("push-said");

/** Says in the page why it did not work. @param {string} name */
function say(name) {
  if (said) said.textContent = said.dataset[name] ?? "";
}

/** @param {string} text @returns {Uint8Array} */
function bytesOf(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer | null} key @returns {string} */
function textOf(key) {
  const plain = String.fromCharCode(...new Uint8Array(key ?? new ArrayBuffer(0)));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** Subscribes this browser under the key of the page. @param {HTMLFormElement} of */
async function subscribe(of) {
  const worker = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  await navigator.serviceWorker.ready;
  return worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(of.dataset.key ?? ""),
  });
}

/** @param {HTMLFormElement} of @param {PushSubscription} given */
function fill(of, given) {
  const values = { address: given.endpoint, p256dh: textOf(given.getKey("p256dh")), auth: textOf(given.getKey("auth")) };
  for (const [name, value] of Object.entries(values)) {
    const field = of.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  }
}

if (form instanceof HTMLFormElement) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return say("missing");
    try {
      fill(form, await subscribe(form));
      form.submit();
    } catch {
      say("refused");
    }
  });
}
