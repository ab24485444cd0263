// Policy decisions in a worker of headless Chromium. Printed by `cargo xtask bench`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Chromium, Profile } from "../tests/e2e/harness/chromium.mjs";
import { StaticServer } from "../tests/e2e/harness/server.mjs";

const folder = process.argv[2];
await writeFile(join(folder, "index.html"), "<!doctype html><title>decisions</title>");
await writeFile(join(folder, "worker.js"), `
  import init, { Decisions } from "./decisions.js";
  await init();
  const cases = new Decisions();
  // The best of three half seconds, as in engines.rs.
  const rate = (work, many) => Math.max(...[1, 2, 3].map(() => {
    const started = performance.now();
    let done = 0;
    while (performance.now() - started < 500) { work(many); done += many; }
    return done / (performance.now() - started) * 1000;
  }));
  postMessage({
    decided: rate((many) => cases.decide(many), 100),
    traced: rate((many) => cases.trace(many), 10),
    hostile: 1e6 / rate((many) => cases.resist(many), 1) / cases.hostile,
  });
`);
const server = new StaticServer(folder, "/");
const profile = await Profile.create();
await server.start();
const chromium = await Chromium.start(profile);
try {
  const page = await chromium.context.newPage();
  await page.goto(server.address);
  const figures = await page.evaluate(() => new Promise((resolve, reject) => {
    const worker = new Worker("worker.js", { type: "module" });
    worker.onmessage = (message) => resolve(message.data);
    worker.onerror = (error) => reject(new Error(error.message));
  }));
  const show = (what, figure, unit, against) => console.log(what.padEnd(44) + figure.toFixed(0).padStart(10) + ` ${unit.padEnd(4)}  ${against}`);
  console.log("policy engine in the browser".padEnd(44) + "rate".padStart(15) + "  against");
  show("policy decisions, 10 × 3 statements", figures.decided, "1/s", "");
  show("policy decisions with their trace", figures.traced, "1/s", `${(figures.traced / figures.decided).toFixed(2)} × without trace`);
  show("hostile pattern, mean of all places", figures.hostile, "µs", "");
} finally {
  await chromium.kill();
  await server.stop();
  await profile.remove();
}
