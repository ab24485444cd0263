import assert from "node:assert/strict";
import { choose, press, tabTo, type } from "./harness/keyboard.mjs";
import { answer, answerMany, next, savedEntries, today } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { teachOnly } from "./harness/teach.mjs";
import { ready } from "./harness/world.mjs";

const CARDS = 12;

// The host's course is one sheet of basic questions, all for one exam.
async function teachWords(world) {
  const question = (number) => `### What is ${number}? <!-- q: word-${number} -->\n\n> This.\n\n> [!NOTE]\n> So it is.\n> Source: <https://example.com/>\n\n`;
  const questions = Array.from({ length: CARDS }, (_, number) => question(number)).join("");
  await teachOnly(world, `---\nsheet: words\ntitle: Words\ndomains: [SCS-C03/4]\ntopic: words\n---\n\n# Words\n\n${questions}`);
}

// A local time of a month that begins and ends no summer time.
const at = (day, hour) => new Date(2026, 10, day, hour);
const lede = (page, text) => page.locator("main .lede").filter({ hasText: text }).waitFor();
const go = (page, route) => page.evaluate((route) => { location.hash = route; }, route);

scenario("an exam and its date make the plan: its new cards a day, the countdown, and the last full pass", async (world) => {
  await teachWords(world);
  const { clock } = world.context;
  await clock.install({ time: at(2, 12) });
  const page = await world.open("#/");
  await lede(page, `${CARDS} new questions are ready.`);
  await press(page, page.getByRole("link", { name: "Set its date" }));

  const date = page.getByLabel("Its date");
  await choose(page, page.getByRole("combobox", { name: "Exam" }), "SCS-C03");
  await tabTo(page, date);
  await date.fill("2026-11-01");
  await page.getByText("Not kept: 2026-11-01 is over.").waitFor();
  // Six days, of which the last is the last full pass.
  await date.fill("2026-11-08");
  await page.locator("[aria-invalid]").waitFor({ state: "detached" });

  await today(page);
  await page.getByText("SCS-C03 is in 6 days, on 8 November 2026.").waitFor();
  await lede(page, "3 new questions are ready.");
  await page.getByText(`${CARDS} of ${CARDS} cards were new when the day began. Today's part of them is 3;`).waitFor();
  await page.getByText("how many you give in a day is not known yet").waitFor();
  assert.ok((await page.locator("main svg rect").count()) > 0);

  await page.reload();
  await ready(page);
  await lede(page, "3 new questions are ready.");
});

scenario("in the last full pass what was answered comes up once more though it is not due", async (world) => {
  await teachWords(world);
  const { clock } = world.context;
  await clock.install({ time: at(2, 12) });
  const page = await world.open("#/settings");
  await page.getByRole("combobox", { name: "Exam" }).selectOption("SCS-C03");
  await page.getByLabel("Its date").fill("2026-11-04");
  await go(page, "#/review");
  // Two days: twelve new cards today, each Easy, and all of them once more tomorrow.
  for (let card = 0; card < CARDS; card += 1) {
    await page.locator("article.question form").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#answer").waitFor();
    await page.keyboard.press("4");
    await page.locator("#next").waitFor();
    await page.keyboard.press("Enter");
  }
  await page.getByRole("heading", { name: "Done for now" }).waitFor();
  await clock.pauseAt(at(3, 12));
  await today(page);
  await lede(page, `${CARDS} questions belong to the last full pass.`);
  await clock.resume();
  await page.keyboard.press("Enter");
  await answerMany(page, 2);
  assert.equal((await savedEntries(page)).length, CARDS + 2);
  await today(page);
  await lede(page, `${CARDS - 2} questions belong to the last full pass.`);
});

scenario("what was taken back is redone, and counts again", async (world) => {
  await teachWords(world);
  const page = await world.open("#/review");
  await answer(page);
  const first = await page.locator("h1").innerText();
  await next(page);
  const second = await page.locator("h1").innerText();
  await page.keyboard.press("u");
  await page.locator("h1").filter({ hasText: first }).waitFor();
  await page.getByRole("button", { name: "Redo" }).waitFor();
  // What waits is counted when the entry is saved.
  const waits = (count) => page.locator("nav").getByText(`${count}`, { exact: true }).waitFor();
  await waits(CARDS);
  await page.keyboard.press("r");
  await page.locator("h1").filter({ hasText: second }).waitFor();
  await waits(CARDS - 1);
  const [given, undone, redone] = await savedEntries(page);
  assert.deepEqual(undone.kind, { undo: { id: given.id } });
  assert.deepEqual(redone.kind, { undo: { id: undone.id } });
  await (await today(page)).filter({ hasText: `${CARDS - 1} new` }).waitFor();
});

scenario("a card that becomes a leech is suspended, says so, and is found and asked again in Browse", async (world) => {
  await teachWords(world);
  const page = await world.open("#/settings");
  await press(page, page.getByText("Steps, limits, leeches and easy days"));
  for (const [label, text] of [["New cards a day", "1"], ["Learning steps, in minutes", ""], ["Steps after forgetting, in minutes", ""], ["Forgotten so often, a card is a leech", "1"]]) {
    await type(page, page.getByLabel(label, { exact: true }), text);
    await page.keyboard.press("Tab");
  }
  await go(page, "#/review");
  const recall = async (grade) => {
    await page.locator("article.question form").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#answer").waitFor();
    await page.keyboard.press(grade);
  };
  // Missed at first it is learned all the same, because there are no steps; it comes again, and is forgotten.
  await recall("1");
  await page.locator("#next").waitFor();
  await page.keyboard.press("Enter");
  await recall("1");
  await page.getByText("You have forgotten it once, so it is suspended").first().waitFor();
  await next(page);
  await page.getByText("is suspended: Browse lists it").waitFor();

  await go(page, "#/browse");
  await page.getByRole("status").filter({ hasText: `${CARDS} questions.` }).waitFor();
  await choose(page, page.getByLabel("State", { exact: true }), "leech");
  await page.getByRole("status").filter({ hasText: "1 question." }).waitFor();
  await page.locator("main li").getByText("suspended", { exact: false }).waitFor();
  // Whoever looks for leeches may review them as they are.
  await press(page, page.getByRole("button", { name: "Review them" }));
  await page.locator("article.question form").waitFor();
  await go(page, "#/browse");
  await choose(page, page.getByLabel("State", { exact: true }), "leech");
  await page.getByRole("status").filter({ hasText: "1 question." }).waitFor();
  await press(page, page.locator("main li summary").first());
  await press(page, page.getByRole("button", { name: "Ask it again" }));
  await page.getByText("It is asked again.").waitFor();
});

scenario("the course map tells how well each lesson and sheet is known", async (world) => {
  const page = await world.open("#/course");
  await page.getByText(/\d+ cards, none seen yet/).first().waitFor();
  await go(page, "#/review");
  await answerMany(page, 1);
  await go(page, "#/course");
  await page.getByText(/^1 of \d+ cards seen, \d+ % known/).first().waitFor();
  const bar = page.getByRole("progressbar").first();
  assert.match(await bar.getAttribute("aria-label"), /^Known of /);
});
