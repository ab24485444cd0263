import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choose, press, tabTo, type } from "./harness/keyboard.mjs";
import { answer, exportTo, importFrom, next, savedEntries, today } from "./harness/review.mjs";
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

scenario("two keys change places, a taken one is refused with what it does, and a reload keeps that", async (world) => {
  const page = await world.open("#/settings");
  await press(page, page.getByText("Other keys"));
  const rebind = async (label, key, says) => {
    await tabTo(page, field(page, label));
    await page.keyboard.press(key);
    await page.getByRole("status").getByText(says).waitFor();
  };
  await rebind("suspend a card", "u", "u does something already: take the last step back");
  await rebind("take the last step back, in reviews and labs", ",", ", is the key now");
  await rebind("suspend a card", "u", "u is the key now: suspend a card");
  await rebind("take the last step back, in reviews and labs", "s", "s is the key now");
  await page.reload();
  await ready(page);
  assert.equal(await field(page, "suspend a card").inputValue(), "u");

  await page.getByRole("navigation").getByRole("link", { name: "Review" }).click();
  const heading = page.locator("article.question h1");
  const first = await heading.innerText();
  await page.keyboard.press("u");
  await page.getByRole("status").filter({ hasText: "Suspended" }).waitFor();
  await page.waitForFunction((first) => document.querySelector("article.question h1").innerText !== first, first);
  await page.keyboard.press("s");
  await page.getByRole("heading", { level: 1, name: first, exact: true }).waitFor();
});

scenario("what is set goes with an export, and counts where nothing was set later", async (world) => {
  const page = await world.open("#/settings");
  await write(page, "New cards a day", "7");
  const file = join(tmpdir(), `cipherdeck-settings-${process.pid}.jsonl`);
  const text = await exportTo(page, file);

  const elsewhere = await world.open("#/settings", { context: await world.privateContext() });
  await importFrom(elsewhere, text, file);
  await elsewhere.getByText("Its settings are later than yours.").waitFor();
  await elsewhere.getByRole("button", { name: "Add what is new" }).press("Enter");
  await elsewhere.getByText("Saved.").waitFor();
  await (await today(elsewhere)).filter({ hasText: "7 new questions are ready." }).waitFor();

  // What is set here after that stays, whatever the file says.
  await elsewhere.goto(`${world.server.address}#/settings`);
  await write(elsewhere, "New cards a day", "5");
  await importFrom(elsewhere, text, file);
  await elsewhere.getByText("There is nothing to add.").waitFor();
});
