import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { ready, scenario } from "./harness/world.mjs";

scenario("opened as a file, the page says why it cannot work and what to do", async (world) => {
  world.tolerate(/./);
  const page = await world.chromium.context.newPage();
  await page.goto(pathToFileURL(join(world.server.folder, "index.html")).href);
  await page.getByText("opened as a file").waitFor();
  await page.getByRole("link", { name: "read them as files" }).waitFor();
  assert.equal(await page.locator("h1").count(), 1);
});

scenario("without WebAssembly the page says so, and the lessons can still be read", async (world) => {
  const page = await bare(world, () => delete window.WebAssembly);
  // A browser that shows a file of text asks its host for an icon.
  world.tolerate(/favicon\.ico/);
  await page.getByText("no WebAssembly").waitFor();
  await page.getByRole("link", { name: "read them as files" }).click();
  await page.getByText("Summary").first().waitFor();
});

scenario("without IndexedDB the page says that nothing is saved, and works", async (world) => {
  const page = await bare(world, () => Object.defineProperty(window, "indexedDB", { value: undefined }));
  await ready(page);
  await page.getByText("Your answers cannot be saved").waitFor();
  await page.goto(`${world.server.address}#/review`);
  await ready(page);
});

scenario("without module workers the page says that the labs cannot run, and works", async (world) => {
  const page = await bare(world, () => {
    window.Worker = class {
      terminate() {}
    };
  });
  await ready(page);
  await page.getByText("This browser cannot run the labs").waitFor();
});

scenario("without scripts there is a readable page with working links", async (world) => {
  const context = await world.privateContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(world.server.address);
  assert.equal(await page.locator("h1").innerText(), "Cipherdeck");
  assert.ok(await page.getByRole("link", { name: "Course" }).isVisible());
  assert.match(await page.locator("noscript").innerHTML(), /Scripts are turned off.*content\/SUMMARY\.md/s);
});

scenario("something readable is painted while the program is still on its way", async (world) => {
  const page = await world.chromium.context.newPage();
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
  await page.goto(world.server.address, { waitUntil: "commit" });
  await page.getByText("The lab is starting.").waitFor();
  assert.equal(await page.locator("h1").count(), 1);
  assert.ok(await page.getByRole("link", { name: "Review" }).isVisible());
  release();
  await ready(page);
});

scenario("when the program dies, a notice says so and the log can be saved", async (world) => {
  const page = await world.open();
  await page.evaluate(() => {
    // An empty function type, one function, one `unreachable`: how every panic ends.
    const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11]);
    WebAssembly.instantiate(bytes).then(({ instance }) => instance.exports.f());
  });
  world.tolerate(/unreachable/);
  await page.getByText("Cipherdeck has stopped").waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the review log as a file" }).press("Enter");
  assert.match((await download).suggestedFilename(), /^cipherdeck-.*\.json/);
});

async function bare(world, change) {
  const page = await world.chromium.context.newPage();
  await page.addInitScript(change);
  await page.goto(world.server.address);
  return page;
}
