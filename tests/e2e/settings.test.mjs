import assert from "node:assert/strict";
import { choose, press, type } from "./harness/keyboard.mjs";
import { answer, next, savedEntries, today } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { ready } from "./harness/world.mjs";

const field = (page, label) => page.getByLabel(label, { exact: true });
const write = async (page, label, text) => {
  await type(page, field(page, label), text);
  await page.keyboard.press("Tab");
};

scenario("what a day holds is set by keyboard, refused with a word at the field, and counts at once, in another tab too", async (world) => {
  const other = await world.open("#/");
  const page = await world.open("#/settings");
  await write(page, "New cards a day", "many");
  await page.getByText("Not kept: expected a whole number from 0 to 9999.").waitFor();
  assert.equal(await field(page, "New cards a day").getAttribute("aria-invalid"), "true");

  await write(page, "New cards a day", "3");
  await page.locator("[aria-invalid]").waitFor({ state: "detached" });
  await (await today(page)).filter({ hasText: "3 new questions are ready." }).waitFor();
  await (await today(other)).filter({ hasText: "3 new questions are ready." }).waitFor();

  await page.goto(`${world.server.address}#/settings`);
  await page.reload();
  await ready(page);
  assert.equal(await field(page, "New cards a day").inputValue(), "3");
});

scenario("steps, days and leeches are folded up, and set by keyboard they count from the next answer on", async (world) => {
  const page = await world.open("#/settings");
  await press(page, page.getByText("Steps, limits, leeches and easy days"));
  await write(page, "Learning steps, in minutes", "");
  await write(page, "Longest interval, in days", "1");
  await choose(page, field(page, "A leech is"), "only marked");
  await page.evaluate(() => { location.hash = "#/review"; });
  await answer(page);
  await next(page);
  const [entry] = await savedEntries(page);
  assert.deepEqual(entry.kind.answer.interval, { days: 1 });

  await page.goto(`${world.server.address}#/settings`);
  await page.reload();
  await ready(page);
  assert.equal(await field(page, "A leech is").inputValue(), "1");
});
