import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { press } from "./harness/keyboard.mjs";
import { answerMany, today } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { ready } from "./harness/world.mjs";

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

scenario("the course goes to Anki as a package with a collection, and as text", async (world) => {
  const page = await world.open("#/decks");
  await page.locator("nav.rail a", { hasText: /Review\d+/ }).waitFor();
  const pack = await saved(page, page.getByRole("button", { name: "Package for Anki" }));
  assert.equal(pack.name, "cipherdeck.apkg");
  assert.equal(pack.bytes.subarray(0, 2).toString("latin1"), "PK");
  assert.ok(pack.bytes.includes("SQLite format 3\0"), "there is a collection in it");
  await page.getByText("Saved as cipherdeck.apkg.").waitFor();

  const text = await saved(page, page.getByRole("button", { name: "Text for Anki" }));
  assert.equal(text.name, "cipherdeck-for-anki.txt");
  assert.match(text.bytes.toString("utf8"), /^#separator:tab\n/);
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
