import assert from "node:assert/strict";
import { choose, press, tabTo, type } from "./harness/keyboard.mjs";
import { savedEntries } from "./harness/review.mjs";
import { FARM, teachOnly } from "./harness/teach.mjs";
import { scenario, scenarioOnDisk } from "./harness/scenario.mjs";
import { ready } from "./harness/world.mjs";

const MANY = `${FARM}
${["hens", "ducks", "geese"].map((birds) => `### Who feeds the ${birds}? <!-- q: ${birds} -->

- [x] The farmer
  > Every morning.
- [ ] The fox of the ${birds}
  > It eats them.

> [!NOTE]
> As one sees.
> Source: <https://example.com/${birds}>
`).join("\n")}`;
const QUESTIONS = 5;

// Opens the exams and begins a practice with the keyboard alone.
async function practise(world, choices = {}) {
  await teachOnly(world, MANY);
  const page = await world.open("#/exam");
  await choose(page, page.getByLabel("Form", { exact: true }), "Practice");
  for (const [label, choice] of Object.entries(choices)) await choose(page, page.getByLabel(label, { exact: true }), choice);
  await type(page, page.getByLabel("Questions"), `${QUESTIONS}`);
  await press(page, page.getByRole("button", { name: "Begin" }));
  await shown(page, 1);
  return page;
}

const shown = (page, place) => page.getByText(`Question ${place} of ${QUESTIONS}`).waitFor();
const seat = (page, name) => page.getByRole("navigation", { name: "Questions" }).getByRole("button", { name, exact: true });
const clock = (page, words) => page.locator(".progress").getByText(words).waitFor();

// Answers the question on the screen, rightly or not; the places of an order or a match from the top.
async function answer(page, isRight) {
  const places = await page.locator("article.question select").count();
  if (places) {
    const heading = await page.locator("h1").innerText();
    const right = heading === "In which order?" ? ["open", "read", "close"] : ["milk", "wool"];
    const words = isRight ? right : [...right.slice(1), right[0]];
    for (const [place, word] of words.entries()) {
      await choose(page, page.locator("article.question select").nth(place), word);
    }
  } else {
    const options = await page.locator("article.question li").allInnerTexts();
    await page.keyboard.press(String(1 + options.findIndex((words) => words.includes("farmer") === isRight)));
  }
}

const currentHeading = (page) => page.locator("article.question h1").innerText();

scenario("a practice by keyboard alone: drawn, answered, handed in, scored; what was missed is in the log, once", async (world) => {
  const page = await practise(world, { Time: "As long as it takes" });
  const wrong = [];
  for (let place = 1; place < QUESTIONS; place += 1) {
    await shown(page, place);
    const isRight = place % 2 === 0;
    if (!isRight) wrong.push(await currentHeading(page));
    await answer(page, isRight);
    await seat(page, `Question ${place}, answered`).waitFor();
    if (place === 2) await press(page, page.getByRole("button", { name: "Mark for review" }));
    await press(page, page.getByRole("button", { name: "Next", exact: true }));
  }
  await shown(page, QUESTIONS);
  await press(page, page.getByRole("button", { name: "To the end" }));
  await page.getByRole("heading", { name: "Hand in?" }).waitFor();
  await page.getByText(`Not answered: 1 of ${QUESTIONS}`).waitFor();
  await page.getByText(`Marked for review: 1 of ${QUESTIONS}`).waitFor();
  await press(page, page.getByRole("button", { name: "Hand in", exact: true }));

  await page.getByText(`2 of ${QUESTIONS} right: 40 %. 1 not answered.`).waitFor();
  await page.getByText("AWS does not publish").waitFor();
  await page.getByRole("row", { name: /Identity and Access Management/ }).waitFor();
  await page.getByRole("heading", { level: 2, name: wrong[0] }).waitFor();
  await page.locator("article.question .explanation").waitFor();
  await press(page, seat(page, `Question ${QUESTIONS}, not answered`));
  await page.getByText("Not answered.", { exact: true }).waitFor();
  await entered(page, 2);

  await page.reload();
  await ready(page);
  await press(page, page.getByRole("button", { name: /^Go over it: .*40 % right/ }));
  await page.getByText("40 %").first().waitFor();
  const entries = await savedEntries(page);
  assert.equal(entries.length, 2);
  assert.deepEqual(entries.map(({ kind }) => kind.answer.rating), [1, 1]);
  // Missed as a new card: it comes back in a minute.
  assert.deepEqual(entries.map(({ kind }) => kind.answer.interval), [{ millis: 60_000 }, { millis: 60_000 }]);
});

scenario("a reload goes on with answers and clock, a pause stops it, and its end ends the exam", async (world) => {
  const { clock: time } = world.context;
  await time.install({ time: new Date(2026, 10, 23, 12) });
  const page = await practise(world, { Time: "10 minutes" });
  await clock(page, /0:(10:00|09:5\d) left/);
  await page.keyboard.press("ArrowRight");
  await shown(page, 2);
  const second = await currentHeading(page);
  await answer(page, true);
  await seat(page, "Question 2, answered").waitFor();
  await time.fastForward("05:00");
  await clock(page, /0:04:\d\d left/);
  await page.locator("[role=status]").getByText("5 minutes left.").waitFor({ state: "attached" });
  await kept(page, 2);

  await page.reload();
  await ready(page);
  await shown(page, 2);
  assert.equal(await currentHeading(page), second);
  await seat(page, "Question 2, answered").waitFor();
  await clock(page, /0:04:\d\d left/);

  await page.keyboard.press("p");
  await page.getByRole("heading", { name: "Paused" }).waitFor();
  await time.fastForward("01:00:00");
  await page.keyboard.press("p");
  await shown(page, 2);
  await clock(page, /0:04:\d\d left/);
  await time.fastForward("05:00");
  await page.getByText(`1 of ${QUESTIONS} right: 20 %. 4 not answered.`).waitFor();
});

scenarioOnDisk("two tabs sit one exam, and a killed Chromium goes on where it was", async (world) => {
  const page = await practise(world);
  const other = await world.open("#/exam");
  await shown(other, 1);
  await answer(page, true);
  await seat(other, "Question 1, answered").waitFor();
  await other.keyboard.press("ArrowRight");
  await shown(other, 2);
  await answer(other, false);
  await seat(page, "Question 2, answered").waitFor();
  await shown(page, 1);
  await kept(page, 3);
  await world.chromium.kill();

  await world.startBrowser();
  const again = await world.open("#/exam");
  await shown(again, 2);
  await seat(again, "Question 1, answered").waitFor();
  await seat(again, "Question 2, answered").waitFor();
});

scenario("explanations after each answer leave it as it is, and an exam can be thrown away", async (world) => {
  const page = await practise(world, { Explanations: "After each answer" });
  await answer(page, false);
  await press(page, page.getByRole("button", { name: "Answer" }));
  await page.locator("article.question").getByText("Wrong.", { exact: true }).waitFor();
  await page.locator("article.question .explanation").waitFor();
  await page.keyboard.press("Enter");
  await shown(page, 2);
  await page.keyboard.press("ArrowLeft");
  await page.locator("article.question").getByText("Wrong.", { exact: true }).waitFor();
  await page.keyboard.press("p");
  await press(page, page.getByRole("button", { name: "All exams" }));
  await press(page, page.getByRole("button", { name: /^Throw away: / }));
  await press(page, page.getByRole("button", { name: "Throw away", exact: true }));
  await page.getByRole("heading", { name: "Your exams" }).waitFor({ state: "detached" });
  await page.reload();
  await ready(page);
  await page.getByRole("button", { name: "Begin" }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "Your exams" }).count(), 0);
});

// What the browser's store holds survives.
const count = (page, store) =>
  page.evaluate(async (store) => {
    const settled = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    const database = await settled(indexedDB.open(`cipherdeck:${location.pathname}log`));
    const keys = await settled(database.transaction(store).objectStore(store).getAllKeys());
    database.close();
    return keys.length;
  }, store);

const until = async (page, store, least) => {
  while ((await count(page, store)) < least) await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve); }));
};
const entered = (page, entries) => until(page, "entries", entries);
const kept = (page, things) => until(page, "kept", things);
