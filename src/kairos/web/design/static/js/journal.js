// The journal of who is signed in: opened on this device, listed, written, shared entry by entry.

import { open, unwrap, wrap } from "./journal_crypto.js";
import { closeJournal, fill, holdOpen, inWords, journalOfPage, openAll, part, say, SHORTEST, whenOpen } from "./journal_open.js";
import { offerHelp } from "./journal_offer.js";
import * as store from "./journal_store.js";
import { startWriting } from "./journal_writing.js";
import { owner } from "./queue.js";

const AGAIN_MS = 5_000;
const ANY_ENTRY = "00000000-0000-0000-0000-000000000000";
const journal = journalOfPage();
const opened = part("opened", HTMLElement);
const words = opened.dataset;
const to = { owner: owner(), standingUrl: document.body.dataset.queueUrl ?? "", entriesUrl: words.entriesUrl ?? "" };

/** @template {Element} T @param {ParentNode} within @param {string} selector @param {new () => T} kind @returns {T} */
function found(within, selector, kind) {
  const one = within.querySelector(selector);
  if (!(one instanceof kind)) throw new Error(`this page has no ${selector}`);
  return one;
}

/** @param {string} at @param {string | null} text */
function card(at, text) {
  const item = found(/** @type {DocumentFragment} */ (part("entry", HTMLTemplateElement).content.cloneNode(true)), "li", HTMLLIElement);
  found(item, "[data-when]", HTMLElement).textContent = inWords(journal, at);
  found(item, "[data-text]", HTMLElement).textContent = text ?? words.lost ?? "";
  return item;
}

/** @param {HTMLElement} item @param {string} said */
function sayOn(item, said) {
  const state = found(item, "[data-state]", HTMLElement);
  state.textContent = said;
  state.hidden = false;
}

/** An entry that has not arrived. @param {store.Box} box @param {CryptoKey} key */
async function waitingCard(box, key) {
  const plain = await open(key, box.person, box.entry, box);
  const item = card(box.at, plain?.text ?? null);
  for (const part of item.querySelectorAll("[data-sharing], [data-acts]")) part.remove();
  sayOn(item, box.refused ? `${words.refused} ${box.refused}` : (words.waits ?? ""));
  return item;
}

/** @param {{entry: string, at: string, texts: (string | null)[]}} one @param {(text: string) => void} change */
function keptCard(one, change) {
  const text = one.texts.at(-1) ?? null;
  const item = card(one.at, text);
  showEarlier(item, one.texts.slice(0, -1));
  const share = journal.shared[one.entry];
  const takeBack = found(item, "form[data-take-back]", HTMLFormElement);
  takeBack.action = (words.takeBackUrl ?? "").replace(ANY_ENTRY, one.entry);
  takeBack.addEventListener("submit", () => fill(takeBack, {}));
  takeBack.hidden = !share;
  if (share) {
    found(item, "[data-private]", HTMLElement).hidden = true;
    const told = (words.shared ?? "").replace("{names}", share.names.join(", ")).replace("{date}", inWords(journal, share.at));
    sayOn(item, share.version < one.texts.length ? `${told}. ${words.changed}` : told);
  }
  const form = found(item, "form[data-share]", HTMLFormElement);
  form.action = (words.shareUrl ?? "").replace(ANY_ENTRY, one.entry);
  form.addEventListener("submit", () => fill(form, { words: text ?? "" }));
  found(item, "[data-change]", HTMLButtonElement).addEventListener("click", () => change(text ?? ""));
  if (text === null) for (const part of item.querySelectorAll("[data-sharing], [data-acts]")) part.remove();
  return item;
}

/** @param {HTMLElement} item @param {(string | null)[]} texts */
function showEarlier(item, texts) {
  const place = found(item, "[data-earlier]", HTMLDetailsElement);
  place.hidden = !texts.length;
  for (const text of texts) {
    place.append(Object.assign(document.createElement("p"), { className: "voice", textContent: text ?? words.lost ?? "" }));
  }
}

/** @param {CryptoKey} key @param {{change: (entry: string, text: string) => void}} writing */
async function list(key, writing) {
  const kept = await openAll(journal, key);
  const waiting = await store.waitingOf(owner());
  const cards = await Promise.all(waiting.reverse().map((box) => waitingCard(box, key)));
  cards.push(...kept.map((one) => keptCard(one, (text) => writing.change(one.entry, text))));
  part("entries", HTMLOListElement).replaceChildren(...cards);
  part("nothing", HTMLElement).hidden = cards.length > 0;
}

/** Sends what waits, and shows what arrived among what is kept. @param {() => unknown} show */
async function sendAndShow(show) {
  const arrived = await store.send(to);
  journal.entries.push(...arrived);
  if (arrived.length) await show();
}

async function showDevice() {
  const isOn = (await store.allWays()).some((each) => each.owner === owner());
  part("offline-said", HTMLElement).textContent = (isOn ? words.on : words.off) ?? "";
  const turn = part("offline-turn", HTMLButtonElement);
  turn.textContent = (isOn ? words.turnOff : words.turnOn) ?? "";
  turn.onclick = async () => {
    const wrapped = journal.ways[journal.key]?.passphrase;
    if (isOn) await store.dropWay(owner());
    else if (wrapped) await store.keepWay({ ...to, person: journal.person, key: journal.key, wrapped });
    await showDevice();
  };
}

whenOpen(journal, async (key) => {
  const writer = { owner: owner(), person: journal.person, id: journal.key, key };
  const show = () => list(key, writing);
  const writing = startWriting(writer, async () => {
    await show();
    await sendAndShow(show);
  });
  offerHelp(part("text", HTMLTextAreaElement), part("offer", HTMLElement), JSON.parse(part("journal-offered-at", HTMLScriptElement).textContent ?? "[]"));
  part("close", HTMLButtonElement).addEventListener("click", closeJournal);
  window.addEventListener("online", () => sendAndShow(show));
  setInterval(async () => {
    if ((await store.waitingOf(owner())).some((each) => !each.refused)) await sendAndShow(show);
  }, AGAIN_MS);
  await showDevice();
  await show();
  await sendAndShow(show);
});

const change = part("passphrase-form", HTMLFormElement);
change.addEventListener("submit", async (event) => {
  event.preventDefault();
  const known = part("known", HTMLInputElement).value;
  const secret = part("new-secret", HTMLInputElement).value;
  const isSame = secret === part("new-again", HTMLInputElement).value;
  const faulty = secret.trim().length < SHORTEST ? change.dataset.short : isSame ? "" : change.dataset.differ;
  say("change-problem", faulty ?? "");
  const ways = journal.ways[journal.key];
  if (faulty || !ways || change.dataset.sending) return;
  const of = { person: journal.person, key: journal.key };
  const key =
    (await unwrap(ways.recovery, known, { ...of, way: "recovery" }, true)) ??
    (await unwrap(ways.passphrase, known, { ...of, way: "passphrase" }, true));
  if (!key) return say("change-problem", change.dataset.wrong ?? "");
  change.dataset.sending = "1";
  const passphrase = await wrap(key, secret, { ...of, way: "passphrase" }, journal.iterations);
  const kept = await unwrap(passphrase, secret, { ...of, way: "passphrase" });
  if (!kept) throw new Error("this browser did not close the key as it should");
  await holdOpen(journal.key, kept);
  await store.dropWay(owner());
  fill(change, { key: journal.key, passphrase: JSON.stringify(passphrase) });
  change.submit();
});
