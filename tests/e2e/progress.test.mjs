import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answer, answerMany, exportTo, next, savedEntries, today } from "./harness/review.mjs";
import { ready, scenario } from "./harness/world.mjs";

const SEVERAL = 4;

scenario("review by keyboard alone: asked, answered, explained, and a reload keeps it", async (world) => {
  const page = await world.open("#/");
  await page.getByRole("link", { name: "Start the review" }).waitFor();
  await page.keyboard.press("Enter");
  await answer(page);
  await page.locator(".explanation a[href^='https://']").first().waitFor();
  await next(page);
  await answerMany(page, SEVERAL - 1);
  const saved = await savedEntries(page);
  assert.equal(saved.length, SEVERAL);
  const before = await (await today(page)).innerText();

  await page.reload();
  await ready(page);
  assert.deepEqual(await savedEntries(page), saved);
  const lede = await today(page);
  await lede.filter({ hasText: before }).waitFor();
});

scenario("Chromium killed in the middle of a review loses no answered question", async (world) => {
  const page = await world.open("#/review");
  await answerMany(page, SEVERAL);
  await answer(page);
  await world.chromium.kill();

  await world.startBrowser();
  const again = await world.open("#/review");
  assert.equal((await savedEntries(again)).length, SEVERAL + 1);
  await answer(again);
  assert.equal((await savedEntries(again)).length, SEVERAL + 2);
});

scenario("two tabs reviewing at once lose nothing and agree", async (world) => {
  const tabs = [await world.open("#/review"), await world.open("#/review")];
  await Promise.all(tabs.map((tab) => answerMany(tab, SEVERAL)));
  const [one, other] = await Promise.all(tabs.map(savedEntries));
  assert.equal(one.length, 2 * SEVERAL);
  assert.deepEqual(one, other);
  assert.equal(new Set(one.map(({ id }) => `${id.device} ${id.counter}`)).size, 2 * SEVERAL);

  const said = await (await today(tabs[0])).innerText();
  await (await today(tabs[1])).filter({ hasText: said }).waitFor();
});

scenario("a record that cannot be read is told, kept, and stands in nobody's way", async (world) => {
  const page = await world.open("#/review");
  await answerMany(page, SEVERAL);
  await page.evaluate(async () => {
    localStorage.setItem(`cipherdeck:${location.pathname}settings`, "no json {");
    const opening = indexedDB.open(`cipherdeck:${location.pathname}log`);
    await new Promise((resolve) => { opening.onsuccess = resolve; });
    const transaction = opening.result.transaction("entries", "readwrite");
    transaction.objectStore("entries").put("{ torn", "damaged");
    await new Promise((resolve) => { transaction.oncomplete = resolve; });
    opening.result.close();
  });

  await page.reload();
  await page.getByText("1 saved answers cannot be read").or(page.getByText("1 saved answer cannot be read")).waitFor();
  await page.evaluate(() => { location.hash = "#/review"; });
  await answer(page);
  const text = await exportTo(page, join(tmpdir(), `cipherdeck-export-${process.pid}.jsonl`));
  assert.match(text, /\{ torn/);
});
