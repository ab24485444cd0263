import assert from "node:assert/strict";
import { violations } from "./harness/axe.mjs";
import { PAGES, settled } from "./harness/pages.mjs";
import { scenario } from "./harness/world.mjs";

const ALL_PAGES_MS = 300_000;
const SIZES = [{ width: 360, height: 740 }, { width: 1440, height: 900 }];

for (const colorScheme of ["light", "dark"]) {
  scenario(`axe finds nothing on any page, ${colorScheme}, narrow and wide`, async (world) => {
    const context = await world.privateContext({ colorScheme });
    for (const route of PAGES) {
      const page = await world.open(route, { context });
      await settled(page);
      assert.equal(await page.locator("h1").count(), 1, `${route} has one level-one heading`);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        assert.deepEqual(await violations(page), [], `${route} at ${size.width} px`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${route} at ${size.width} px is ${overflow} px too wide`);
      }
      await page.close();
    }
  }, { timeout: ALL_PAGES_MS });
}
