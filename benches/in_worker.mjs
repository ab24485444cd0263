// Runs a script in a worker of headless Chromium, beside the module in `folder`, and brings back what it posts.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Chromium, Profile } from "../tests/e2e/harness/chromium.mjs";
import { StaticServer } from "../tests/e2e/harness/server.mjs";

export async function inWorker(folder, script) {
  await writeFile(join(folder, "index.html"), "<!doctype html><title>benchmark</title>");
  await writeFile(join(folder, "worker.js"), script);
  const server = new StaticServer(folder, "/");
  const profile = await Profile.create();
  await server.start();
  const chromium = await Chromium.start(profile);
  try {
    const page = await chromium.context.newPage();
    await page.goto(server.address);
    return await page.evaluate(() => new Promise((resolve, reject) => {
      const worker = new Worker("worker.js", { type: "module" });
      worker.onmessage = (message) => resolve(message.data);
      worker.onerror = (error) => reject(new Error(error.message));
    }));
  } finally {
    await chromium.kill();
    await server.stop();
    await profile.remove();
  }
}

export const heading = (title, what) => console.log(title.padEnd(44) + what.padStart(15) + "  against");

export const show = (what, figure, unit, against) =>
  console.log(what.padEnd(44) + figure.toFixed(0).padStart(10) + ` ${unit.padEnd(4)}  ${against}`);
