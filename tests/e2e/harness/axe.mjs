// What axe finds on a page, each with its place; see https://github.com/dequelabs/axe-core
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What a theme can break: all other rules need one look.
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

export const violations = (page) => found(page, {});

export const colourViolations = (page) => found(page, { runOnly: OF_COLOUR });

async function found(page, options) {
  // What is still fading in has another colour than it will have.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate((options) => axe.run(document, { resultTypes: ["violations"], ...options }), options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.any.concat(node.all, node.none).map((check) => check.message).join("; ")}`));
}
