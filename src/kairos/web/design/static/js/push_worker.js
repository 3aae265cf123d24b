// Part of the service worker: shows a notice that was sent to this browser, and opens its page when pressed.
// A notice holds a title, a line of words and a path of ours; anything else is not shown.

self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data ? event.data.json() : {};
  } catch {
    said = {};
  }
  const path = typeof said.path === "string" && /^\/(?!\/)/.test(said.path) ? said.path : "/";
  const shown = { body: String(said.body ?? ""), tag: path, renotify: true, requireInteraction: true, data: { path } };
  event.waitUntil(self.registration.showNotification(String(said.title ?? "Kairos"), shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.path ?? "/", self.location.origin).href;
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then((open) => {
      const there = open.find((page) => page.url === address);
      return there ? there.focus() : self.clients.openWindow(address);
    }),
  );
});
