// The queue on a page: forms marked data-queue go through it, and what waits on this device is listed.

import { measureByPage } from "./device_clock.js";
import { countOf, countOfOthers, forgetOtherKeys, hasKey } from "./device_store.js";
import { isAble, keepPages, newId, onChange, owner, prepare, put, send, setAside, tryAgain, waiting } from "./queue.js";

const AGAIN_MS = 5_000;
const isKept = "keptAt" in document.documentElement.dataset;

/** Starts only where somebody is signed in; where nobody is, what could open waiting entries is dropped. */
export function startQueue() {
  measureByPage();
  if (window.isSecureContext) workOffline();
  if (!isAble()) return;
  if (isKept) freshIds(document);
  document.addEventListener("submit", submitted, true);
  onChange(list);
  begin().catch(() => {});
  window.addEventListener("online", sendQuietly);
  setInterval(async () => {
    if ((await waiting()).some((each) => each.state === "waiting")) sendQuietly();
  }, AGAIN_MS);
}

/** Fetches the key where this page can make entries or some wait, so that it is here when the network is not. */
async function begin() {
  const makes = document.querySelector("form[data-queue], [data-queue-makes]") !== null;
  if (makes || (await countOf(owner()))) await prepare();
  await list();
  await mend();
  sendQuietly();
}

/** Registers the service worker, tells it who is here, and names the pages that must stay in reach. */
function workOffline() {
  if (isKept) return;
  forgetOtherKeys(owner()).catch(() => {});
  navigator.serviceWorker?.register("/sw.js").catch(() => {});
  const named = document.querySelector("[data-keep]");
  keepPages(named instanceof HTMLElement ? (named.dataset.keep ?? "").split(/\s+/).filter(Boolean) : []);
}

function sendQuietly() {
  send().then(said).catch(() => {});
}

/** A page from the device carries the ids it was kept with; each use of it is a command of its own. @param {ParentNode} root */
function freshIds(root) {
  for (const input of root.querySelectorAll("form[data-queue] input[name=command_id]")) {
    if (input instanceof HTMLInputElement) input.value = newId();
  }
}

/** @param {SubmitEvent} event */
function submitted(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset.queue === undefined || form.dataset.plain) return;
  event.preventDefault();
  event.stopPropagation();
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  const submitter = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
  through(form, submitter).catch(() => {
    // This browser could not keep the entry: the form goes the plain way, and says itself what became of it.
    form.dataset.plain = "1";
    form.requestSubmit(submitter);
  });
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} submitter */
async function through(form, submitter) {
  const fields = /** @type {[string, string][]} */ ([...new FormData(form, submitter)].filter(([, value]) => typeof value === "string"));
  const id = fields.find(([name]) => name === "command_id")?.[1] || newId();
  const mended = form.dataset.mends ? (await waiting()).find((each) => each.id === form.dataset.mends) : undefined;
  const before = sentBefore(id, fields);
  const entry = await put({
    id: before.id,
    action: form.action,
    fields,
    label: form.dataset.queue || submitter?.textContent?.trim() || document.title,
    detail: inWords(form, submitter),
    page: form.dataset.queuePage ?? "",
    like: mended ?? before.like,
  });
  remember(entry, fields);
  if (mended) await setAside(mended.id);
  const outcome = (await send(entry.id)).find((each) => each.id === entry.id);
  if (outcome?.state === "saved") return leave(outcome.url || location.href);
  if (outcome?.state === "refused" && outcome.page) return refusedHere(entry.id, outcome.page, form);
  delete form.dataset.sending;
  freshIds(form.parentElement ?? document);
  if (form.dataset.queueAlone) sayAlone(form.dataset.queueAlone);
  const back = form.dataset.queueBack;
  if (back && navigator.serviceWorker?.controller) leave(back);
}

/** Says that nobody was told, where a button was meant to bring help. @param {string} words */
function sayAlone(words) {
  const band = make("p", "band alone", make("b", "", words));
  band.setAttribute("role", "alert");
  panel()?.before(band);
}

/** Leaves for a page; the same address is loaded anew. @param {string} url */
function leave(url) {
  if (new URL(url, location.href).href.split("#")[0] === location.href.split("#")[0]) location.reload();
  else location.assign(url);
}

/**
 * The back button brings a form back with its id. Sent again as it was it is the same command, made at the
 * same time; with other content it is another one.
 * @param {string} id
 * @param {[string, string][]} fields
 * @returns {{id: string, like?: import("./queue.js").Moment}}
 */
function sentBefore(id, fields) {
  const kept = JSON.parse(sessionStorage.getItem(sentKey(id)) ?? "null");
  if (!kept) return { id };
  return kept.content === contentOf(fields) ? { id, like: kept } : { id: newId() };
}

/** @param {import("./queue.js").Entry} entry @param {[string, string][]} fields */
function remember(entry, fields) {
  const { madeAt, aheadMs, movedMs, seen } = entry;
  sessionStorage.setItem(sentKey(entry.id), JSON.stringify({ content: contentOf(fields), madeAt, aheadMs, movedMs, seen }));
}

/** @param {string} id */
function sentKey(id) {
  return `kairos-sent-${id}`;
}

/** @param {[string, string][]} fields */
function contentOf(fields) {
  let digest = 0;
  for (const each of JSON.stringify(fields.filter(([name]) => name !== "csrfmiddlewaretoken"))) {
    digest = (Math.imul(digest, 31) + (each.codePointAt(0) ?? 0)) | 0;
  }
  return digest;
}

/**
 * Shows the refusal where the form is; who made the entry has it in front of them.
 * @param {string} id
 * @param {string} text
 * @param {HTMLFormElement} form
 */
async function refusedHere(id, text, form) {
  const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
  const here = document.querySelector("main");
  if (!main || !here || !main.querySelector(`form[data-queue]`)) {
    delete form.dataset.sending;
    return;
  }
  await setAside(id);
  sessionStorage.removeItem(sentKey(id));
  here.replaceWith(main);
  freshIds(main);
  const summary = main.querySelector("[data-take-focus]");
  if (summary instanceof HTMLElement) summary.focus();
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} submitter */
function inWords(form, submitter) {
  const said = [...form.elements].map((each) => valueInWords(/** @type {HTMLInputElement} */ (each))).filter(Boolean);
  if (submitter?.name) said.push(submitter.textContent?.trim() ?? "");
  return said.join(", ");
}

/** @param {HTMLInputElement} control */
function valueInWords(control) {
  if (!control.name || control.type === "hidden" || control.type === "submit" || !control.value) return "";
  const label = control.labels?.[0]?.textContent?.trim() ?? "";
  if (control.type === "radio" || control.type === "checkbox") return control.checked ? label : "";
  return `${label} ${control.value}`;
}

// ------------------------------------------------------------------ what waits

/** @returns {HTMLElement | null} */
function panel() {
  return document.getElementById("waiting");
}

async function list() {
  const place = panel();
  if (!place) return;
  const entries = (await hasKey(owner())) ? await waiting() : [];
  const others = await countOfOthers(owner());
  const left = entries.filter((each) => each.state === "waiting").length;
  const words = place.dataset;
  const head = [
    left ? fill(words[left === 1 ? "one" : "many"], { count: left }) : "",
    entries.length > left ? fill(words[entries.length - left === 1 ? "refusedOne" : "refusedMany"], { count: entries.length - left }) : "",
  ];
  place.hidden = !entries.length && !others;
  place.replaceChildren(
    make("b", "", head.filter(Boolean).join(" ")),
    make("span", "", left ? (words.then ?? "") : ""),
    ...(entries.length ? [make("ul", "", ...entries.map(line))] : []),
    make("span", "small", others ? fill(words.others, { count: others }) : ""),
  );
}

/** @param {import("./queue.js").Entry} entry */
function line(entry) {
  const words = panel()?.dataset ?? {};
  const told = `${entry.label}${entry.detail ? `: ${entry.detail}` : ""}`;
  const made = fill(words.made, { time: clockOf(entry) });
  const item = make("li", entry.state, make("span", "", told), make("span", "small num", made));
  if (entry.state === "refused") {
    item.append(make("p", "because", `${words.because ?? ""} ${entry.reasons.join(" ")}`));
    const acts = make("p", "row");
    if (entry.page) acts.append(link(`${entry.page}#mend-${entry.id}`, words.mend ?? ""));
    acts.append(button(words.again ?? "", () => tryAgain(entry).then(sendQuietly)), asideButton(entry, words));
    item.append(acts);
  }
  return item;
}

/** Setting aside is asked twice, in the same place. @param {import("./queue.js").Entry} entry @param {DOMStringMap} words */
function asideButton(entry, words) {
  const first = button(words.aside ?? "", () => {
    const second = button(words.asideSure ?? "", () => setAside(entry.id));
    first.replaceWith(second);
    second.focus();
  });
  return first;
}

/** @param {import("./queue.js").Entry} entry @returns {string} when it was so, by the server's clock, as the site shows it */
function clockOf(entry) {
  const timeZone = document.documentElement.dataset.zone || undefined;
  const at = Date.parse(entry.madeAt) + (entry.aheadMs ?? 0);
  return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(at);
}

/** Says what was sent by itself. @param {import("./queue.js").Outcome[]} outcomes */
function said(outcomes) {
  const saved = outcomes.filter((each) => each.state === "saved");
  const place = panel();
  if (!saved.length || !place) return;
  const words = saved.map((each) => each.label).join(", ");
  const band = make("p", "band said-band", fill(place.dataset.saved, { what: words }));
  band.setAttribute("role", "status");
  place.after(band);
}

/** Fills the form with a refused entry that its maker wants to mend. */
async function mend() {
  const id = location.hash.startsWith("#mend-") ? location.hash.slice(6) : "";
  const entry = id ? (await waiting()).find((each) => each.id === id) : undefined;
  const form = entry && [...document.forms].find((each) => each.dataset.queue !== undefined && new URL(each.action).pathname === new URL(entry.action).pathname);
  if (!entry || !form) return;
  form.dataset.mends = id;
  for (const control of form.elements) {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement)) continue;
    const values = entry.fields.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) control.checked = values.includes(control.value);
    else if (values.length && control.type !== "hidden") control.value = values[0] ?? "";
  }
}

/** @param {string | undefined} words @param {Record<string, string | number>} values */
function fill(words, values) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), words ?? "");
}

/** @param {string} name @param {string} look @param {(string | Node)[]} content */
function make(name, look, ...content) {
  const element = document.createElement(name);
  if (look) element.className = look;
  element.append(...content);
  return element;
}

/** @param {string} words @param {() => void} act */
function button(words, act) {
  const made = make("button", "btn", words);
  made.setAttribute("type", "button");
  made.addEventListener("click", act);
  return made;
}

/** @param {string} address @param {string} words */
function link(address, words) {
  const made = make("a", "btn", words);
  made.setAttribute("href", address);
  return made;
}
