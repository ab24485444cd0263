import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { ready, scenario } from "./harness/world.mjs";

scenario("a learner reviews by keyboard alone, is told why, and takes an answer back", async (world) => {
  const page = await review(world);
  const first = await question(page);
  await answer(page);
  assert.equal(await question(page), first, "the question stays while one reads why");
  await page.getByText(/^(Right|Wrong)\. /).first().waitFor();
  await page.locator(".explanation").getByText("Source").first().waitFor();
  await page.keyboard.press("Enter");
  await asked(page, (heading) => heading !== first);
  await page.keyboard.press("u");
  await asked(page, (heading) => heading === first);
  await page.getByRole("button", { name: /^(Answer|Show the answer)$/ }).waitFor();
});

scenario("an answer that was said to be saved survives the browser being killed", async (world) => {
  const page = await review(world);
  const before = await left(page);
  const lost = await answerRight(page);
  await world.chromium.kill();
  await world.startBrowser();
  const again = await review(world);
  assert.notEqual(await question(again), lost);
  assert.equal(await left(again), before - 1);
});

scenario("two open tabs agree on what was answered", async (world) => {
  const [one, other] = [await review(world), await review(world)];
  const first = await question(one);
  assert.equal(await question(other), first);
  await answerRight(one);
  await asked(other, (heading) => heading !== first);
});

scenario("progress travels to another browser as a file, and twice is once", async (world) => {
  const page = await review(world);
  await answer(page);
  const file = await exported(page, world);
  const elsewhere = await world.privateContext();
  const settings = await world.open("#/settings", { context: elsewhere });
  await settings.getByLabel("Import a file").setInputFiles(file);
  await settings.getByRole("button", { name: "Add 1 entries" }).click();
  await settings.getByText("1 entries were added").waitFor();
  await settings.getByLabel("Import a file").setInputFiles([]);
  await settings.getByLabel("Import a file").setInputFiles(file);
  await settings.getByText("0 of them are new here").waitFor();
});

scenario("a damaged file is refused whole, with the place of the damage", async (world) => {
  const page = await review(world);
  await answer(page);
  const file = await exported(page, world);
  const damaged = (await readFile(file, "utf8")).replace('"rating":', '"rating":9');
  await page.getByLabel("Import a file").setInputFiles({ name: "damaged.jsonl", mimeType: "application/json", buffer: Buffer.from(damaged) });
  await page.getByText("Nothing was imported").waitFor();
  await page.getByText(/damaged\.jsonl:2:\d+/).waitFor();
});

scenario("when nothing is due the page says what comes next and when", async (world) => {
  const page = await review(world);
  while ((await page.locator("article.question").count()) > 0) await answerRight(page);
  assert.equal(await question(page), "Done for now");
  await page.getByText(/The next card comes back (in|tomorrow)/).waitFor();
  await page.getByRole("link", { name: "Open a lab" }).waitFor();
});

async function review(world) {
  const page = await world.open("#/review");
  await page.locator("article.question, main a.button").first().waitFor();
  return page;
}

const question = (page) => page.locator("main h1").innerText();

const asked = (page, isWanted) => poll(async () => isWanted(await question(page)), page);

// How many cards are left in the sitting, as the bar says it.
async function left(page) {
  const [right, all] = (await page.locator(".progress").innerText()).match(/(\d+) of (\d+)/).slice(1).map(Number);
  return all - right;
}

// Gives some answer and waits until it is on the disk.
async function answer(page) {
  if ((await page.locator("#typed").count()) > 0) {
    await page.locator("#typed").fill("something");
    await page.keyboard.press("Enter");
  } else if ((await page.locator("input[name=option]").count()) > 0) {
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
  } else {
    await page.keyboard.press("Enter");
    await page.locator("#answer").waitFor();
    await page.keyboard.press("3");
  }
  await page.locator("#next").waitFor();
  await page.getByText("saved", { exact: false }).waitFor();
}

// Answers until the card on the screen was right, and goes on; says which it was.
async function answerRight(page) {
  for (;;) {
    const heading = await question(page);
    const right = known.get(heading);
    if (right?.typed) {
      await page.locator("#typed").fill(right.typed);
      await page.keyboard.press("Enter");
    } else if (right?.options) {
      for (const label of right.options) await page.locator(".options label", { hasText: label }).first().click();
      await page.getByRole("button", { name: "Answer" }).click();
    } else {
      await answer(page);
    }
    await page.locator("#next").waitFor();
    await page.getByText(/ · saved$/).waitFor();
    const isRight = (await page.locator("article.question .right").first().innerText()).startsWith("Right");
    known.set(heading, await solution(page));
    await page.keyboard.press("Enter");
    if (isRight) return heading;
  }
}

// What the page itself said to be right, by question.
const known = new Map();

async function solution(page) {
  const options = await page.locator(".options li.true .choice").allInnerTexts();
  if (options.length > 0) return { options: options.map((text) => text.split(" — ")[0].trim()) };
  const typed = page.locator(".facts dd.right").last();
  if ((await typed.count()) > 0) return { typed: (await typed.innerText()).split(" or ")[0] };
  return {};
}

async function exported(page, world) {
  await page.goto(`${world.server.address}#/settings`);
  await ready(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export everything" }).click(),
  ]);
  return download.path();
}

async function poll(isDone, page) {
  const deadline = Date.now() + 10_000;
  while (!(await isDone())) {
    assert.ok(Date.now() < deadline, `it never came: ${await page.locator("main").innerText()}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}
