// Offers a way to somebody at certain words, on this device alone: nothing is sent, kept or counted.

/** @param {string} text @returns {string} words in small letters between single spaces, shortened forms written out */
function plain(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\u2019`]/g, "'");
  const whole = bare.replace(/\bcan't\b/g, "can not").replace(/n't\b/g, " not").replace(/'/g, "");
  return ` ${whole.replace(/[^\p{L}\p{N}]+/gu, " ")} `;
}

/** A phrase is words in a row; `word*` is every word that begins so, `...` up to four words. @param {string} phrase */
function expression(phrase) {
  const parts = phrase.split(/\s+/).map((part) => {
    if (part === "...") return "(?:[^ ]+ ){0,4}";
    return part.endsWith("*") ? `${part.slice(0, -1)}[^ ]* ` : `${part} `;
  });
  return parts.join("");
}

/** @param {HTMLTextAreaElement} area @param {HTMLElement} offer @param {string[]} phrases */
export function offerHelp(area, offer, phrases) {
  if (!phrases.length) return;
  const said = new RegExp(` (?:${phrases.map(expression).join("|")})`);
  area.addEventListener("input", () => {
    if (said.test(plain(area.value))) offer.hidden = false;
  });
}
