// Makes the key of a journal, and closes it under a passphrase and under a code. Neither leaves the device.

import { makeKey, newCode, unwrap, wrap } from "./journal_crypto.js";
import { fill, holdOpen, journalOfPage, part, say, SHORTEST } from "./journal_open.js";
import { newId } from "./queue.js";

const journal = journalOfPage();
const form = part("set-up", HTMLFormElement);
const secret = part("secret", HTMLInputElement);
const again = part("again", HTMLInputElement);
const code = newCode();

/** @returns {string} what is still wrong; nothing where all is well */
function problem() {
  if (!part("read", HTMLInputElement).checked) return form.dataset.unread ?? "";
  if (secret.value.trim().length < SHORTEST) return form.dataset.short ?? "";
  return secret.value === again.value ? "" : (form.dataset.differ ?? "");
}

part("make", HTMLButtonElement).addEventListener("click", () => {
  say("problem", problem());
  if (problem()) return;
  part("code", HTMLElement).replaceChildren(...code.split(/(?<=-)/).map((group) => Object.assign(document.createElement("span"), { textContent: group })));
  part("code-part", HTMLElement).hidden = false;
  part("code-head", HTMLElement).focus();
});

part("print-code", HTMLButtonElement).addEventListener("click", () => window.print());

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("problem", problem());
  const isRead = part("last", HTMLInputElement).value.toUpperCase().replace(/[^A-Z0-9]/g, "") === code.slice(-4);
  say("code-problem", isRead ? "" : (form.dataset.wrong ?? ""));
  if (problem() || !isRead || form.dataset.sending) return;
  form.dataset.sending = "1";
  const id = newId();
  const of = { person: journal.person, key: id };
  const key = await makeKey();
  const passphrase = await wrap(key, secret.value, { ...of, way: "passphrase" }, journal.iterations);
  const recovery = await wrap(key, code, { ...of, way: "recovery" }, journal.iterations);
  // Opened again from what is kept: the copy that stays here cannot be read out, and both ways are known to open.
  const byCode = await unwrap(recovery, code, { ...of, way: "recovery" });
  const kept = await unwrap(passphrase, secret.value, { ...of, way: "passphrase" });
  if (!kept || !byCode) throw new Error("this browser did not close the key as it should");
  await holdOpen(id, kept);
  fill(form, { key: id, passphrase: JSON.stringify(passphrase), recovery: JSON.stringify(recovery) });
  form.submit();
});
