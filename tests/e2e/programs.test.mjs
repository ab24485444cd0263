// The pages are two programs' in one frame: a learner should not notice.
import assert from "node:assert/strict";
import { answer, answerMany, next, savedEntries } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { holdBack } from "./harness/world.mjs";

const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true });
const goTo = (page, hash) => page.evaluate((hash) => { location.hash = hash; }, hash);
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

scenario("from the review to a lab and back nothing is lost, and the heading has the focus", async (world) => {
  const page = await world.open("#/review");
  await answer(page);
  await goTo(page, "#/labs/envelope");
  await page.getByRole("button", { name: "Create a KMS key" }).waitFor();
  assert.equal(await isFocused(heading(page, "Envelope encryption")), true);
  assert.equal(await page.locator("main").count(), 1);
  await page.getByRole("button", { name: "Create a KMS key" }).click();
  await page.getByRole("button", { name: "Undo" }).waitFor();

  await page.goBack();
  await answerMany(page, 2);
  assert.equal((await savedEntries(page)).length, 3);

  await page.goForward();
  await page.locator("button:enabled", { hasText: "Undo" }).waitFor();
  await page.goBack();
  await answer(page);
  await next(page);
  assert.equal((await savedEntries(page)).length, 4);
});

scenario("what is set on one page holds in a lab that was open before", async (world) => {
  const page = await world.open("#/labs/envelope");
  const help = page.locator("dialog[open]");
  await page.keyboard.press("?");
  await help.waitFor();
  await page.keyboard.press("Escape");
  await goTo(page, "#/settings");
  await page.getByLabel(/single keys/i).uncheck();
  await goTo(page, "#/labs/envelope");
  await page.getByRole("button", { name: "Create a KMS key" }).waitFor();
  await page.keyboard.press("?");
  assert.equal(await help.count(), 0);
});

scenario("a lab that is slow to come takes nobody away who has moved on", async (world) => {
  const context = await world.privateContext();
  const letGo = await holdBack(context, "**/labs_bg.wasm");
  const page = await world.open("#/", { context });
  const came = page.waitForResponse("**/labs_bg.wasm");
  await goTo(page, "#/labs/sse");
  await page.getByText("The page is being loaded.").waitFor();
  await goTo(page, "#/course");
  await heading(page, "Course").waitFor();
  letGo();
  await (await came).finished();
  await goTo(page, "#/labs/sse");
  await heading(page, "S3 encryption modes").waitFor();
});

scenario("without the labs' program the page says so, and the review works", async (world) => {
  const context = await world.privateContext();
  await context.route("**/labs.js", (route) => route.abort());
  world.tolerate(/ERR_FAILED.*\/labs\.js/);
  const page = await world.open("#/", { context });
  await goTo(page, "#/labs/sse");
  await page.getByText(/^The labs, exams and statistics could not start:/).waitFor();
  await goTo(page, "#/review");
  await answer(page);
});
