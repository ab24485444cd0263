import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scenario } from "./harness/scenario.mjs";
import { offlineState, ready, serviceWorkerOf } from "./harness/world.mjs";

scenario("after one visit the site works with the network gone, deep links included", async (world) => {
  const page = await world.open();
  await offlineState(page, "ready");
  await world.server.stop();
  world.tolerate(/ERR_CONNECTION_REFUSED/);

  await page.reload();
  await ready(page);
  for (const route of ["#/course", "#/review", "#/labs", "#/labs/envelope", "#/settings"]) {
    const deep = await world.open(route);
    await deep.close();
  }
}, { keepsSite: true });

scenario("a new build is offered, is not forced, and comes when the learner says yes", async (world) => {
  const page = await world.open();
  await offlineState(page, "ready");

  const index = join(world.server.folder, "index.html");
  await writeFile(index, (await readFile(index, "utf8")).replace("<title>Cipherdeck</title>", "<title>Cipherdeck, newer</title>"));
  await world.finishNewBuild();

  await page.reload();
  const offer = page.getByRole("button", { name: "Reload now" });
  await offer.waitFor();
  const build = () => page.evaluate(async () => new DOMParser().parseFromString(await (await fetch("./")).text(), "text/html").title);
  assert.equal(await build(), "Cipherdeck");

  const other = await world.open("#/settings");
  const old = await serviceWorkerOf(other);
  let isLoaded = false;
  page.once("load", () => { isLoaded = true; });
  await offer.press("Enter");
  // Ending a worker by force cuts off what it was fetching.
  world.tolerate(/ERR_FAILED.*\/content\//);
  while (!isLoaded) await old.rest();
  await ready(page);
  assert.equal(await build(), "Cipherdeck, newer");
  // The other tab was asked, not reloaded.
  await other.getByRole("button", { name: "Reload now" }).first().waitFor();
}, { keepsSite: true });

scenario("a host that is half through an upload leaves the old build whole", async (world) => {
  const page = await world.open();
  await offlineState(page, "ready");

  const index = join(world.server.folder, "index.html");
  const old = await readFile(index);
  await writeFile(index, old.toString().replace("<title>Cipherdeck</title>", "<title>Cipherdeck, newer</title>"));
  await world.finishNewBuild();
  await writeFile(index, old);
  world.tolerate(/integrity/);

  const failed = page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise((resolve) => registration.addEventListener("updatefound", () => resolve(registration.installing)));
    await registration.update().catch(() => {});
    const worker = registration.installing ?? (await found);
    return new Promise((resolve) => {
      const look = () => { if (["installed", "redundant"].includes(worker.state)) resolve(worker.state); };
      worker.addEventListener("statechange", look);
      look();
    });
  });
  assert.equal(await failed, "redundant");
  await world.server.stop();
  world.tolerate(/ERR_CONNECTION_REFUSED/);
  await page.reload();
  await ready(page);
}, { keepsSite: true });

scenario("an edited lesson reaches the learner at the next visit, without a build", async (world) => {
  const page = await world.open();
  await offlineState(page, "ready");
  const lesson = await firstLesson(world);
  const file = join(world.server.folder, "content", lesson);
  await writeFile(file, `${await readFile(file, "utf8")}\n\nA sentence that its author added today.\n`);

  await page.goto(`${world.server.address}#/course/${lesson}`);
  await page.reload();
  await page.getByText("A sentence that its author added today.").waitFor();

  await world.server.stop();
  world.tolerate(/ERR_CONNECTION_REFUSED/);
  await page.reload();
  await page.getByText("A sentence that its author added today.").waitFor();
}, { keepsSite: true });

async function firstLesson(world) {
  const map = await readFile(join(world.server.folder, "content", "SUMMARY.md"), "utf8");
  return [...map.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path).find((path) => path.startsWith("lessons/"));
}
