import assert from "node:assert/strict";
import { choose, press, tabTo } from "./harness/keyboard.mjs";
import { answer, savedEntries } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { ready } from "./harness/world.mjs";

const status = (page) => page.getByRole("status").filter({ hasText: /^\d+ question/ });
const questions = async (page) => Number.parseInt(await status(page).innerText(), 10);

// Waits until the search has answered to the one input that narrows it.
async function narrowed(page, narrow) {
  const before = await status(page).innerText();
  await narrow();
  await page.waitForFunction((before) => ![...document.querySelectorAll("[role=status]")].some((said) => said.innerText === before), before);
  return questions(page);
}

scenario("every question is found by its words and opened with its answer, by keyboard alone", async (world) => {
  const page = await world.open("#/browse");
  await status(page).waitFor();
  const all = await questions(page);
  assert.ok(all > 300, `${all} questions`);
  await page.getByText(`1 to 25 of ${all}`).waitFor();
  await press(page, page.getByRole("button", { name: "Next", exact: true }));
  await page.getByText(`26 to 50 of ${all}`).waitFor();

  await page.locator("h1").focus();
  await page.keyboard.press("/");
  const found = await narrowed(page, () => page.keyboard.insertText("generatedatakey"));
  assert.ok(found > 0 && found < all, `${found} of ${all}`);
  await page.locator("main li b").first().waitFor();

  await press(page, page.locator("main li summary").first());
  await page.locator("main details .explanation").waitFor();
  await page.locator("main details").getByText("not answered yet").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator("main details .explanation").waitFor({ state: "detached" });
});

scenario("on a phone what is found comes first, and the filters stay folded until they are wanted", async (world) => {
  const page = await world.open("#/browse");
  await page.getByLabel("Topic", { exact: true }).waitFor();
  const phone = await world.open("#/browse", { size: { width: 360, height: 740 } });
  await phone.locator("main li summary").first().waitFor();
  assert.ok(!(await phone.getByLabel("Topic", { exact: true }).isVisible()));
  await press(phone, phone.getByText("Narrow it down"));
  await choose(phone, phone.getByLabel("Answered by", { exact: true }), "match");
  await phone.getByText("Narrowed down by 1 filter").waitFor();
});

scenario("a question is flagged and suspended, found by that, taken back, and a reload keeps it", async (world) => {
  const page = await world.open("#/browse");
  await press(page, page.locator("main li summary").first());
  await press(page, page.getByRole("button", { name: "Flag", exact: true }));
  await page.getByText("Flagged.").waitFor();
  await press(page, page.getByRole("button", { name: "Suspend", exact: true }));
  await page.getByText("Suspended.").waitFor();
  await press(page, page.getByRole("button", { name: "Take back" }));
  await page.getByText("Taken back.").waitFor();
  await page.getByRole("button", { name: "Suspend", exact: true }).waitFor();

  await page.reload();
  await ready(page);
  await status(page).waitFor();
  await choose(page, page.getByLabel("State", { exact: true }), "flagged");
  await status(page).filter({ hasText: /^1 question/ }).waitFor();
  await page.locator("main li").getByText("flagged", { exact: false }).waitFor();
});

scenario("what was found is reviewed, whether it is due or not", async (world) => {
  const page = await world.open("#/browse");
  await status(page).waitFor();
  await tabTo(page, page.getByLabel("Search all questions"));
  const found = await narrowed(page, () => page.keyboard.insertText("quota"));
  await press(page, page.getByRole("button", { name: "Review them" }));
  await page.getByText(`0 of ${found}`, { exact: false }).waitFor();
  await answer(page);
  assert.equal((await savedEntries(page)).length, 1);
});

scenario("what older notes state otherwise is drilled, from the course map on", async (world) => {
  const page = await world.open("#/course");
  await press(page, page.getByRole("link", { name: "Stale or fresh?" }));
  await page.getByRole("heading", { name: "Stale or fresh?" }).waitFor();
  const count = Number.parseInt(await page.locator("main .lede").innerText(), 10);
  await press(page, page.getByRole("button", { name: "Review this sheet" }));
  await page.getByText(`0 of ${count}`, { exact: false }).waitFor();
  await page.getByText("Which holds today?", { exact: false }).first().waitFor();
  await answer(page);
  assert.equal((await savedEntries(page)).length, 1);
});
