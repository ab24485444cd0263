// What is done in a lab comes back like a card.
import assert from "node:assert/strict";
import { press } from "./harness/keyboard.mjs";
import { savedEntries } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { ready } from "./harness/world.mjs";

const STEPS = ["Create a KMS key", "Ask KMS for a data key", "Encrypt the text here", "Wipe the plain data key", "Store it in S3", "Unwrap the data key through KMS", "Decrypt the text here"];

const task = (page) => page.getByRole("region", { name: "Your task" });
const answers = async (page) => (await savedEntries(page)).map(({ card, kind }) => [card, kind.answer.rating]);

scenario("Today asks for something to be done; the lab sees it done, and it comes back another day", async (world) => {
  const page = await world.open("#/");
  const list = page.getByRole("heading", { name: "To be done in a lab" }).locator("+ p");
  await press(page, list.getByRole("link").first());
  await task(page).waitFor();
  const asked = await task(page).getByRole("heading").innerText();
  assert.equal(new URL(page.url()).hash, "#/labs/envelope");

  for (const step of STEPS.slice(0, 3)) await press(page, page.getByRole("button", { name: step }));
  await page.getByRole("button", { name: STEPS[3] }).waitFor();
  assert.deepEqual(await savedEntries(page), []);
  // The task outlives a reload, with the lab.
  await page.reload();
  await ready(page);
  await task(page).getByRole("heading", { name: asked }).waitFor();
  for (const step of STEPS.slice(3)) await press(page, page.getByRole("button", { name: step }));
  await task(page).getByText("Done. It comes back in").waitFor();
  const [[card, rating], ...others] = await answers(page);
  assert.deepEqual([rating, others.length], [3, 0]);

  // Done again behind that, it counts no more.
  await press(page, page.getByRole("button", { name: "Undo", exact: true }));
  await press(page, page.getByRole("button", { name: STEPS[6] }));
  await page.reload();
  await ready(page);
  await task(page).getByText("Done").waitFor();
  assert.deepEqual(await answers(page), [[card, 3]]);
  await press(page, task(page).getByRole("button", { name: "Close" }));
  await task(page).waitFor({ state: "detached" });

  await page.getByRole("navigation").getByRole("link", { name: "Today" }).click();
  await page.getByRole("heading", { name: "Next to read" }).waitFor();
  assert.equal(await list.getByText("new").count(), 0, "one new thing a day");
});

scenario("who wants to be told how is told, and is asked again soon", async (world) => {
  const page = await world.open("#/labs/sse?task=sse-disabled-key");
  await press(page, task(page).getByRole("button", { name: "Tell me how" }));
  await task(page).getByText("It comes back in").waitFor();
  await task(page).getByText("press “Disable the KMS key”").waitFor();
  assert.deepEqual((await answers(page)).map(([, rating]) => rating), [1]);
  await page.getByRole("navigation").getByRole("link", { name: "Labs" }).click();
  await page.getByRole("link", { name: "S3 encryption modes" }).click();
  await task(page).waitFor();
});

scenario("the first prediction of a case is its grade, and one behind the decision is none", async (world) => {
  const page = await world.open("#/labs/policy?scenario=nothing-allows");
  const predict = async (verdict, reason) => {
    await page.getByLabel("What will come of it?").selectOption({ label: verdict });
    await page.getByLabel("What decides it?").selectOption({ label: reason });
    await press(page, page.getByRole("button", { name: "Show what happens" }));
    await page.getByRole("heading", { name: "What there is to learn" }).waitFor();
  };
  await predict("Allowed", "the identity policies");
  await page.getByLabel("Case").getByText("(predict again)").waitFor({ state: "attached" });
  await page.reload();
  await ready(page);
  await press(page, page.getByRole("button", { name: "Undo", exact: true }));
  await predict("Implicitly denied", "the default: nobody grants it");
  assert.deepEqual(await answers(page), [["case:nothing-allows", 1]]);
});
