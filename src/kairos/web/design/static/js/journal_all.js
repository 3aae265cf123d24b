// All of a journal, opened on this device: to read, to save, to print.

import { inWords, journalOfPage, openAll, part, whenOpen } from "./journal_open.js";

const journal = journalOfPage();
const words = part("opened", HTMLElement).dataset;

/** @param {string} name @param {string} kind @param {string} content */
function save(name, kind, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", content], { type: `${kind};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A cell of a table; what a spreadsheet would run as a formula is kept as words. @param {string} text */
function cell(text) {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}

/** @param {string} name @param {string} look @param {string} text */
function make(name, look, text) {
  return Object.assign(document.createElement(name), { className: look, textContent: text });
}

if (journal.key) {
  whenOpen(journal, async (key) => {
    const all = (await openAll(journal, key)).reverse().map((one) => ({
      at: inWords(journal, one.at),
      text: one.texts.at(-1) ?? words.lost ?? "",
      shared: (journal.shared[one.entry]?.names ?? []).join(", "),
    }));
    for (const each of all) {
      const place = make("article", "card stack journal-entry", "");
      place.append(make("h2", "", each.at), make("p", "voice", each.text));
      if (each.shared) place.append(make("p", "small", `${words.now}: ${each.shared}`));
      part("all", HTMLElement).append(place);
    }
    const rows = [[words.date ?? "", words.words ?? "", words.now ?? ""], ...all.map((each) => [each.at, each.text, each.shared])];
    const table = rows.map((row) => row.map(cell).join(",")).join("\r\n");
    part("save-text", HTMLButtonElement).onclick = () => save("journal.txt", "text/plain", all.map((each) => `${each.at}\n\n${each.text}\n`).join("\n"));
    part("save-table", HTMLButtonElement).onclick = () => save("journal.csv", "text/csv", `${table}\r\n`);
    part("print-all", HTMLButtonElement).onclick = () => window.print();
  });
}
