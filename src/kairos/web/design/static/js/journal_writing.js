// Writing an entry: what is being written lies on the disk closed, and leaves when it is kept.

import { close, open } from "./journal_crypto.js";
import { part } from "./journal_open.js";
import * as store from "./journal_store.js";
import { newId } from "./queue.js";

const DRAFT_AFTER_MS = 800;

/** @typedef {{owner: string, person: string, id: string, key: CryptoKey}} Writer whose journal, and the key with its id */

/**
 * @param {Writer} writer
 * @param {(box: store.Box) => unknown} kept what follows once the entry is on the disk
 * @returns {{change: (entry: string, text: string) => void}}
 */
export function startWriting(writer, kept) {
  const form = part("write", HTMLFormElement);
  const area = part("text", HTMLTextAreaElement);
  let entry = newId();
  let timer = 0;

  /** @param {string} text */
  const closed = async (text) => ({
    owner: writer.owner,
    person: writer.person,
    entry,
    key: writer.id,
    at: new Date().toISOString(),
    ...(await close(writer.key, writer.person, entry, { text })),
  });

  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      if (area.value.trim()) await store.keepDraft(await closed(area.value));
      else await store.dropDraft(writer.owner);
    }, DRAFT_AFTER_MS);
  });

  /** Puts the entry on the disk; from then on it waits. @param {string} text */
  const keep = async (text) => {
    clearTimeout(timer);
    const box = { ...(await closed(text)), id: newId(), isDraft: false, refused: "" };
    await store.keepBox(box);
    area.value = "";
    entry = newId();
    await store.dropDraft(writer.owner);
    return box;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text || form.dataset.busy) return area.focus();
    form.dataset.busy = "1";
    const box = await keep(text).catch(() => null);
    delete form.dataset.busy;
    const said = part("write-said", HTMLElement);
    said.textContent = (box ? said.dataset.kept : said.dataset.failed) ?? "";
    if (box) await kept(box);
  });

  const again = async () => {
    const draft = await store.draftOf(writer.owner);
    const words = draft && draft.key === writer.id ? await open(writer.key, writer.person, draft.entry, draft) : null;
    if (!draft || !words || area.value) return;
    entry = draft.entry;
    area.value = words.text;
  };
  again().catch(() => {});

  return {
    change(of, text) {
      entry = of;
      area.value = text;
      area.focus();
    },
  };
}
