import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { press } from "./harness/keyboard.mjs";
import { answerMany, exportTo, importFrom, savedEntries, today } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { holdBack, ready } from "./harness/world.mjs";

const KEEPER = "**/keeper_bg.wasm";
// As many as are worth a word.
const MANY = 20;

const notice = (page) => page.locator(".notices .notice").filter({ hasText: "A file keeps them safe" });

// Presses a button that saves a file, and reads the file.
async function saved(page, button) {
  const coming = page.waitForEvent("download");
  await press(page, button);
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

scenario("the course goes to Anki as a package with a collection, asked for before the log is read, and as text", async (world) => {
  const letGo = await holdBack(world.context, KEEPER);
  const page = await world.open("#/decks");
  const coming = saved(page, page.getByRole("button", { name: "Package for Anki" }));
  await page.getByText("Writing the file…").waitFor();
  letGo();
  const pack = await coming;
  assert.equal(pack.name, "cipherdeck.apkg");
  assert.equal(pack.bytes.subarray(0, 2).toString("latin1"), "PK");
  assert.ok(pack.bytes.includes("SQLite format 3\0"), "there is a collection in it");
  await page.getByText("Saved as cipherdeck.apkg.").waitFor();

  const text = await saved(page, page.getByRole("button", { name: "Text for Anki" }));
  assert.equal(text.name, "cipherdeck-for-anki.txt");
  assert.match(text.bytes.toString("utf8"), /^#separator:tab\n/);
});

scenario("what is exported and imported before the store is open waits for it", async (world) => {
  const file = join(tmpdir(), `cipherdeck-early-${process.pid}.jsonl`);
  const before = await world.open("#/review");
  await answerMany(before, 2);
  const text = await exportTo(before, file);

  const context = await world.privateContext();
  const letGo = await holdBack(context, KEEPER);
  const page = await world.open("#/settings", { context });
  const coming = saved(page, page.getByRole("button", { name: "Export everything" }));
  await importFrom(page, text, file);
  letGo();
  assert.match((await coming).name, /^cipherdeck-.*\.jsonl$/);
  await page.getByText("2 entries").waitFor();
  await page.getByRole("button", { name: "Add what is new" }).press("Enter");
  await page.getByText("Saved.").waitFor();
  assert.equal((await savedEntries(page)).length, 2);
});

scenario("two weeks and twenty answers without a copy bring one gentle word, and an export ends it", async (world) => {
  const { clock } = world.context;
  await clock.install({ time: at(2) });
  const page = await world.open("#/review");
  await answerMany(page, MANY);
  assert.equal(await notice(page).count(), 0);

  await clock.setSystemTime(at(17));
  await page.reload();
  await ready(page);
  await notice(page).filter({ hasText: `${MANY} answers are in this browser alone.` }).waitFor();
  const file = await saved(page, notice(page).getByRole("button", { name: "Export" }));
  assert.match(file.name, /^cipherdeck-2026-11-17\.jsonl$/);
  await notice(page).waitFor({ state: "detached" });

  await clock.setSystemTime(new Date(2026, 11, 17, 12));
  await page.reload();
  await ready(page);
  await (await today(page)).filter({ hasText: /due|ready/ }).waitFor();
  assert.equal(await notice(page).count(), 0);
});

// Noon in a month that begins and ends no summer time.
function at(day) {
  return new Date(2026, 10, day, 12);
}
