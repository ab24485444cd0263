import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choose, press, tabTo } from "./harness/keyboard.mjs";
import { answer, answerMany, exportTo, importFrom, next, savedEntries, show, today } from "./harness/review.mjs";
import { FARM, teachOnly } from "./harness/teach.mjs";
import { scenario, scenarioOnDisk } from "./harness/scenario.mjs";
import { holdBack, ready } from "./harness/world.mjs";

const SEVERAL = 4;
const NEW_A_DAY = 20;

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

  await page.reload();
  await ready(page);
  assert.deepEqual(await savedEntries(page), saved);
  const lede = await today(page);
  await lede.filter({ hasText: `${NEW_A_DAY - SEVERAL} new` }).waitFor();
});

scenario("Today follows the clock: learned cards come back within the hour, and a new day brings new ones", async (world) => {
  const { clock } = world.context;
  await clock.install({ time: at(2, 12) });
  const page = await world.open("#/review");
  await answerMany(page, SEVERAL);
  const lede = await today(page);
  await clock.pauseAt(at(2, 13));
  await lede.filter({ hasText: `${SEVERAL} questions are about to be forgotten, and ${NEW_A_DAY - SEVERAL} new` }).waitFor();
  await clock.pauseAt(at(3, 4));
  await lede.filter({ hasText: `${SEVERAL} questions are about to be forgotten, and ${NEW_A_DAY} new` }).waitFor();
});

scenarioOnDisk("Chromium killed in the middle of a review loses no answered question", async (world) => {
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
  const { clock } = world.context;
  await clock.install({ time: at(2, 12) });
  const tabs = [await world.open("#/review"), await world.open("#/review")];
  await Promise.all(tabs.map((tab) => answerMany(tab, SEVERAL)));
  const [one, other] = await Promise.all(tabs.map(savedEntries));
  assert.equal(one.length, 2 * SEVERAL);
  assert.deepEqual(one, other);
  assert.equal(new Set(one.map(({ id }) => `${id.device} ${id.counter}`)).size, 2 * SEVERAL);

  // At one instant, both say what a tab says that has just read the log.
  await clock.pauseAt(at(2, 13));
  const said = await (await today(await world.open())).innerText();
  for (const tab of tabs) await (await today(tab)).filter({ hasText: said }).waitFor();
});

scenario("another tab's answer leaves the question that somebody looks at, and takes away one that nobody does", async (world) => {
  await world.context.clock.setFixedTime(at(2, 12));
  const tabs = [await world.open("#/review"), await world.open("#/review")];
  const [busy, idle] = tabs;
  const question = idle.locator("article.question");
  const hears = (answers) => idle.locator("nav").getByText(`${NEW_A_DAY - answers}`, { exact: true }).waitFor();
  const first = await question.textContent();
  await answer(busy);
  await hears(1);
  assert.equal(await question.textContent(), first);
  await answer(idle);
  assert.equal((await savedEntries(idle)).length, 2);

  await next(idle);
  const second = await question.textContent();
  await show(idle, false);
  await next(busy);
  await answer(busy);
  await question.filter({ hasNotText: second }).waitFor();
  await show(idle, true);
  await answer(idle);
  assert.equal(new Set((await savedEntries(idle)).map(({ card }) => card)).size, 3);
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
  await page.getByText("1 saved answer cannot be read").waitFor();
  await page.evaluate(() => { location.hash = "#/review"; });
  await answer(page);
  const text = await exportTo(page, join(tmpdir(), `cipherdeck-export-${process.pid}.jsonl`));
  assert.match(text, /\{ torn/);
});

scenario("orders and matches are answered by keyboard, each place with a choice of its own", async (world) => {
  await teachOnly(world, FARM);
  const page = await world.open("#/review");
  for (const [question, right] of [["In which order?", ["open", "read", "close"]], ["Which belongs to which?", ["milk", "wool"]]]) {
    await page.getByRole("heading", { name: question }).waitFor();
    const places = page.locator("article.question form select");
    assert.equal(await places.count(), right.length);
    await press(page, page.getByRole("button", { name: "Answer" }));
    await page.locator("[role=status]").getByText("Choose something else for each place first.").waitFor({ state: "attached" });
    for (const [number, word] of right.entries()) {
      await choose(page, places.nth(number), word);
    }
    await press(page, page.getByRole("button", { name: "Answer" }));
    await page.locator("article.question").getByText("Right").first().waitFor();
    await next(page);
  }
  const chosen = (await savedEntries(page)).map(({ kind }) => kind.answer.rating);
  assert.deepEqual(chosen, [3, 3]);
});

scenario("what was answered is counted: a sentence, a drawing and a table for each chart", async (world) => {
  const page = await world.open("#/review");
  await answerMany(page, SEVERAL);
  await page.evaluate(() => { location.hash = "#/statistics"; });
  const buttons = page.locator("section").filter({ has: page.getByRole("heading", { name: "Answers by grade" }) }).first();
  await buttons.waitFor();
  assert.ok((await page.locator("main svg").count()) > 3);
  await press(page, buttons.getByText("The numbers"));
  const cells = await buttons.locator("td").allInnerTexts();
  assert.equal(cells.map(Number).reduce((sum, count) => sum + count), SEVERAL);
});

scenario("parameters are fitted where answers suffice, and a year is played with each choice of recall", async (world) => {
  const page = await world.open("#/review");
  await answer(page);
  await page.evaluate(() => { location.hash = "#/statistics"; });
  await press(page, page.getByRole("button", { name: "Fit to my answers" }));
  await page.getByText(/There are 0 answers .* 80 are needed/).waitFor();
  await page.getByText("by the parameters of the average learner.").first().waitFor();
  await press(page, page.getByRole("button", { name: "Play a year with each choice of recall" }));
  await page.getByText(/With 90 % desired, a year would bring \d+ reviews/).waitFor();
});

scenario("an answer can be taken back, and the question is asked again", async (world) => {
  const page = await world.open("#/review");
  await page.locator("article.question form").waitFor();
  const question = await page.locator("h1").innerText();
  await answer(page);
  await page.keyboard.press("u");
  await page.locator("article.question form").waitFor();
  assert.equal(await page.locator("h1").innerText(), question);
});

scenario("the recall that reviews aim at is chosen by keyboard, said in words, and kept", async (world) => {
  const page = await world.open("#/settings");
  await tabTo(page, page.getByRole("slider", { name: "Aim to recall 90 of 100 cards" }));
  await page.keyboard.press("ArrowRight");
  await page.reload();
  await page.getByRole("slider", { name: "Aim to recall 91 of 100 cards" }).waitFor();
});

scenario("progress goes to another browser as a file, and damage to the file is told with its place", async (world) => {
  const page = await world.open("#/review");
  await answerMany(page, SEVERAL);
  const file = join(tmpdir(), `cipherdeck-export-${process.pid}.jsonl`);
  const text = await exportTo(page, file);

  const context = await world.privateContext();
  // The course is not needed for it.
  const letGo = await holdBack(context, "**/SUMMARY.md");
  const elsewhere = await world.open("#/settings", { context });
  await importFrom(elsewhere, text.replace(/"at":\d/, '"at":9'), file);
  await elsewhere.getByText("Nothing was imported.").waitFor();
  await importFrom(elsewhere, text.slice(0, text.length / 2), file);
  await elsewhere.getByText("Nothing was imported.").waitFor();
  assert.equal((await savedEntries(elsewhere)).length, 0);

  await importFrom(elsewhere, text, file);
  await elsewhere.getByText(`The file has ${SEVERAL} entries`).filter({ hasText: `; ${SEVERAL} of them new here.` }).waitFor();
  await elsewhere.getByRole("button", { name: "Add what is new" }).press("Enter");
  await elsewhere.getByText("Saved.").waitFor();
  assert.deepEqual(await savedEntries(elsewhere), await savedEntries(page));
  letGo();
  await importFrom(elsewhere, text, file);
  await elsewhere.getByText("There is nothing to add.").waitFor();
});

// A local time of a month that begins and ends no summer time.
function at(day, hour) {
  return new Date(2026, 10, day, hour);
}
