// A log of thousands of entries, as years of reviews leave it.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { show, today } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";

const ENTRIES = 4_500;
const DEVICE = "0102030405060708";

// One answer a minute to cards that the course does not know, the first one to a card that it does.
const records = (first, count, card) =>
  Array.from({ length: count }, (_, place) => {
    const counter = first + place;
    const text = JSON.stringify({
      id: { device: DEVICE, counter },
      at: Date.UTC(2026, 0, 1) + counter * 60_000,
      utc_offset: 0,
      card: place === 0 ? card : `old-${counter}`,
      content_hash: "0123456789abcdef",
      kind: { answer: { rating: 3, guessed: false, took_ms: 4000, chosen: [], interval: { days: 1 } } },
    });
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 8);
    return [`${DEVICE}-${String(counter).padStart(20, "0")}-${hash}`, text];
  });

// As another program would write it, which tells nobody.
const write = (page, records) =>
  page.evaluate(async (records) => {
    const opening = indexedDB.open(`cipherdeck:${location.pathname}log`);
    await new Promise((resolve) => { opening.onsuccess = resolve; });
    const transaction = opening.result.transaction("entries", "readwrite");
    for (const [key, text] of records) transaction.objectStore("entries").put(text, key);
    await new Promise((resolve) => { transaction.oncomplete = resolve; });
    opening.result.close();
  }, records);

// In the page: whether what follows from the log is kept beside it.
const isRemembered = async () => {
  const opening = indexedDB.open(`cipherdeck:${location.pathname}log`);
  await new Promise((resolve) => { opening.onsuccess = resolve; });
  const getting = opening.result.transaction("meta").objectStore("meta").get("derived");
  await new Promise((resolve) => { getting.onsuccess = resolve; });
  opening.result.close();
  return getting.result !== undefined;
};

// From now on a keeper counts the log, and never comes to the end of reading it.
async function holdTheLogBack(world) {
  const loader = join(world.server.folder, "keeper_loader.js");
  const endless = `{
    const { getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (...all) { return this.name === "entries" ? {} : getAll.apply(this, all); };
  }`;
  const body = `${endless}\n${await readFile(loader, "utf8")}`;
  await world.context.route("**/keeper_loader.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
}

const due = async (page, count) =>
  (await today(page)).filter({ hasText: new RegExp(`^${count} questions are about to be forgotten`) }).waitFor();

scenario("what follows from a long log is there before the log is read, and is believed of just that log", async (world) => {
  const page = await world.open();
  await write(page, records(1, ENTRIES, "s3-modes"));
  await page.reload();
  await due(page, 1);
  await show(page, false);
  await page.waitForFunction(isRemembered);

  // A log that has grown since is read instead.
  await write(page, records(ENTRIES + 1, 1, "s3-default"));
  await page.reload();
  await due(page, 2);
  await show(page, false);
  await page.waitForFunction(isRemembered);

  await holdTheLogBack(world);
  await page.reload();
  await due(page, 2);
  await page.getByRole("link", { name: "Start the review" }).click();
  await page.getByText("Reading your answers…").waitFor();
});

scenario("a tab that slept through another one's answers finds them when it is looked at", async (world) => {
  const page = await world.open();
  await (await today(page)).filter({ hasText: "20 new questions are ready" }).waitFor();
  await show(page, false);
  await write(page, records(1, 1, "s3-modes"));
  await show(page, true);
  await due(page, 1);
});
