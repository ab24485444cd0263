import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { scenario } from "./harness/scenario.mjs";
import { holdBack, ready } from "./harness/world.mjs";

scenario("opened as a file, the page says why it cannot work and what to do", async (world) => {
  world.tolerate(/./);
  const page = await world.context.newPage();
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
  const loader = join(world.server.folder, "keeper_loader.js");
  await writeFile(loader, `Object.defineProperty(self, "indexedDB", { value: undefined });\n${await readFile(loader, "utf8")}`);
  const page = await world.open();
  await page.getByText("Your answers cannot be saved").waitFor();
  await page.goto(`${world.server.address}#/review`);
  await ready(page);
});

scenario("without module workers the page says what cannot run, and what still works", async (world) => {
  const page = await bare(world, () => {
    // A browser that knows no module workers takes the script for a classic one, and stumbles over its first `import`.
    window.Worker = class {
      constructor() {
        setTimeout(() => this.onerror?.(new ErrorEvent("error", { cancelable: true, message: "SyntaxError" })));
      }
      terminate() {}
    };
  });
  await ready(page);
  await page.getByText("This browser starts no workers that load modules").waitFor();
  await page.getByText("The course cannot be read").waitFor();
  assert.equal(await page.getByRole("link", { name: "read them as files" }).count(), 2);
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
});

scenario("without the course's reader the page says so, and the labs work", async (world) => {
  await rm(join(world.server.folder, "reader_bg.wasm"));
  world.tolerate(/404|reader|integrity/);
  const page = await world.open("#/course");
  await page.getByText("The course cannot be read: the reader could not be loaded").or(page.getByText("The course cannot be read: the reader stopped")).waitFor();
  await page.getByRole("link", { name: "Labs" }).click();
  await page.getByRole("link", { name: /envelope/i }).first().click();
  await page.getByRole("button", { name: "Create a KMS key" }).waitFor();
});

scenario("a sheet that its author broke is told with its place, and the rest works", async (world) => {
  const content = join(world.server.folder, "content");
  await writeFile(join(content, "sheets/kms-core-concepts.md"), "---\nsheet: kms-core-concepts\n---\n");
  await rm(join(content, "exams.toml"));
  world.tolerate(/404.*exams\.toml|exams\.toml.*404/);
  const page = await world.open("#/course");
  await page.getByText("sheets/kms-core-concepts.md:1:1: error: the front matter of a sheet needs `title`").waitFor();
  await page.getByText("`content/exams.toml` cannot be fetched: status 404").waitFor();
  await page.goto(`${world.server.address}#/course/lessons/kms-keys.md`);
  await page.locator(".prose p").first().waitFor();
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
  const page = await world.context.newPage();
  const letGo = await holdBack(page, /\.wasm$/);
  await page.goto(world.server.address, { waitUntil: "commit" });
  await page.getByText("The lab is starting.").waitFor();
  assert.equal(await page.locator("h1").count(), 1);
  assert.ok(await page.getByRole("link", { name: "Review" }).isVisible());
  letGo();
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
  const page = await world.context.newPage();
  await page.addInitScript(change);
  await page.goto(world.server.address);
  return page;
}
