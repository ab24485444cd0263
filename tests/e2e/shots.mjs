// `cargo xtask shots`: every page, narrow and wide, light and dark, into `shots/`.
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PAGES, settled } from "./harness/pages.mjs";
import { World } from "./harness/world.mjs";

const SHOTS = fileURLToPath(new URL("../../shots/", import.meta.url));
const SIZES = [{ width: 360, height: 740 }, { width: 1440, height: 900 }];

const name = (route) => route.replace(/^#\/?/, "").replaceAll("/", "-").replace(/\.md$/, "") || "today";

await rm(SHOTS, { recursive: true, force: true });
await mkdir(SHOTS);
const world = await World.onDisk();
try {
  for (const colorScheme of ["light", "dark"]) {
    const context = await world.privateContext({ colorScheme });
    for (const size of SIZES) {
      for (const route of PAGES) {
        const page = await world.open(route, { context, size });
        await settled(page);
        await page.evaluate(() => document.fonts.ready);
        await page.screenshot({ path: `${SHOTS}${name(route)}-${size.width}-${colorScheme}.png`, fullPage: true });
        await page.close();
      }
    }
  }
} finally {
  await world.close();
}
console.log(`the pictures are in ${SHOTS}`);
