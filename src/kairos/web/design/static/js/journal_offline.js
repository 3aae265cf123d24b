// Writing without a network: this device holds a key that the passphrase opens; what is written waits here, closed.

import { unwrap } from "./journal_crypto.js";
import { ask, part } from "./journal_open.js";
import * as store from "./journal_store.js";
import { startWriting } from "./journal_writing.js";

const AGAIN_MS = 5_000;
const said = part("write-said", HTMLElement);

/** @param {store.OfflineWay[]} ways @param {string} secret */
async function opens(ways, secret) {
  for (const way of ways) {
    const key = await unwrap(way.wrapped, secret, { person: way.person, key: way.key, way: "passphrase" });
    if (key) return { way, key };
  }
  return null;
}

/** @param {store.OfflineWay} way */
async function tell(way) {
  const count = (await store.waitingOf(way.owner)).length;
  const told = (count === 1 ? said.dataset.one : said.dataset.many) ?? "";
  said.textContent = told.replace("{count}", String(count));
}

/** @param {store.OfflineWay} way */
async function sendAndTell(way) {
  if ((await store.send(way)).length) said.textContent = said.dataset.sent ?? "";
}

const ways = await store.allWays();
part("not-here", HTMLElement).hidden = ways.length > 0;
for (const way of ways) {
  window.addEventListener("online", () => sendAndTell(way));
  setInterval(() => sendAndTell(way), AGAIN_MS);
}
if (ways.length) {
  ask(async (secret) => {
    const found = await opens(ways, secret);
    if (!found) return false;
    const { way, key } = found;
    startWriting({ owner: way.owner, person: way.person, id: way.key, key }, () => tell(way));
    part("opened", HTMLElement).hidden = false;
    await tell(way);
    return true;
  });
}
