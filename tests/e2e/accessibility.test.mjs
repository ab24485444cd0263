import assert from "node:assert/strict";
import { colourViolations, violations } from "./harness/axe.mjs";
import { PAGES, goOn, settled } from "./harness/pages.mjs";
import { answer } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";

const ALL_PAGES_MS = 300_000;
const SIZES = [{ width: 360, height: 740 }, { width: 1440, height: 900 }];

scenario("axe finds nothing on any page, narrow and wide, light and dark", async (world) => {
  const page = await world.open();
  await settled(page);
  for (const route of PAGES) {
    if (route !== PAGES[0]) await goOn(page, route);
    assert.equal(await page.locator("h1").count(), 1, `${route} has one level-one heading`);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: "light" });
      assert.deepEqual(await violations(page), [], `${route} at ${size.width} px`);
      await page.emulateMedia({ colorScheme: "dark" });
      assert.deepEqual(await colourViolations(page), [], `${route} at ${size.width} px in the dark`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${route} at ${size.width} px is ${overflow} px too wide`);
    }
  }
}, { timeout: ALL_PAGES_MS });

scenario("axe finds nothing where a question is answered and noted, a task is open and told, and keys are chosen", async (world) => {
  const page = await world.open("#/review");
  const look = async (at) => {
    for (const size of SIZES) {
      await page.setViewportSize(size);
      assert.deepEqual(await violations(page), [], `${at} at ${size.width} px`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${at} at ${size.width} px is ${overflow} px too wide`);
    }
  };
  await answer(page);
  await page.keyboard.press("n");
  await page.keyboard.type("What I took for what.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("listitem").getByText("What I took for what.").waitFor();
  await look("an answer with a note");

  await goOn(page, "#/labs/sse?task=sse-bucket-key");
  await page.getByRole("button", { name: "Tell me how" }).waitFor();
  await look("a task");
  await page.getByRole("button", { name: "Tell me how" }).click();
  await page.getByText("Do it now").waitFor();
  await look("a task that was told");

  await goOn(page, "#/settings");
  await page.getByText("Other keys").click();
  await look("the keys");
});
