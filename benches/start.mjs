// How long a learner waits: the first paint, a page that answers, an engine that answers. Printed by `cargo xtask bench`.
import { World, offlineState } from "../tests/e2e/harness/world.mjs";

const VISITS = 5;
const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

const world = await World.onDisk();
try {
  const first = await measure(() => world.privateContext());
  const context = await world.privateContext();
  await offlineState(await world.open("#/", { context }), "ready");
  const again = await measure(() => context);
  console.log(`start, median of ${VISITS} visits, ms`.padEnd(44) + "   first   again  again : first");
  for (const figure of Object.keys(first)) {
    const [a, b] = [median(first[figure]), median(again[figure])];
    console.log(figure.padEnd(44) + a.toFixed(0).padStart(8) + b.toFixed(0).padStart(8) + (b / a).toFixed(2).padStart(10) + " ×");
  }
} finally {
  await world.close();
}

async function measure(context) {
  const figures = { "first contentful paint": [], "page ready": [], "course read, and a question to begin with": [], "engine ready, from opening its first lab": [] };
  for (let visit = 0; visit < VISITS; visit += 1) {
    const page = await world.open("#/", { context: await context() });
    const entry = (name) => page.waitForFunction((name) => performance.getEntriesByName(name)[0]?.startTime, name).then((time) => time.jsonValue());
    figures["first contentful paint"].push(await entry("first-contentful-paint"));
    figures["page ready"].push(await entry("cipherdeck:page"));
    await page.getByRole("link", { name: "Start the review" }).waitFor();
    figures["course read, and a question to begin with"].push(await page.evaluate(() => performance.now()));
    const asked = await page.evaluate(() => { location.hash = "#/labs/envelope"; return performance.now(); });
    await page.getByRole("button", { name: "Create a KMS key" }).waitFor();
    figures["engine ready, from opening its first lab"].push((await page.evaluate(() => performance.now())) - asked);
    await page.close();
  }
  return figures;
}
