// What a scenario stands in: a host with the built site in a sub-path, a Chromium, and a watch over everything that
// must never happen: an error in the console, a policy violation, a request to elsewhere.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Chromium, Profile } from "./chromium.mjs";
import { StaticServer } from "./server.mjs";

const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));
const SUB_PATH = "/any/sub/path/";
// Only what is broken waits so long.
const STEP_MS = 30_000;

export class World {
  #wrong = [];
  #tolerated = [];
  #profile = null;
  #contexts = [];
  #serviceWorkers = "allow";

  // In a Chromium that others use too: the host is another origin, the context forgets. Only where it is what the scenario is
  // about is the site kept for when the network is gone: that is most of the work of a visit.
  static async within(chromium, { keepsSite }) {
    const world = new World(await host());
    world.#serviceWorkers = keepsSite ? "allow" : "block";
    world.chromium = chromium;
    world.context = await world.privateContext();
    return world;
  }

  // In a Chromium of its own, with a profile that lies on disk: it can be killed and started again.
  static async onDisk() {
    const world = new World(await host());
    world.#profile = await Profile.create();
    await world.startBrowser();
    return world;
  }

  constructor(server) {
    this.server = server;
  }

  // With the profile as it was left, whether Chromium was closed or killed.
  async startBrowser() {
    this.chromium = await Chromium.start(this.#profile);
    this.context = this.chromium.context;
    this.#watch(this.context);
  }

  async privateContext(options) {
    const context = await this.chromium.newContext({ serviceWorkers: this.#serviceWorkers, ...options });
    this.#contexts.push(context);
    this.#watch(context);
    return context;
  }

  // Opens the site in a new tab and waits until the page's own program shows it.
  async open(route = "#/", { context = this.context, size = { width: 1440, height: 900 } } = {}) {
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_MS);
    await page.setViewportSize(size);
    await page.goto(this.server.address + route);
    await ready(page);
    return page;
  }

  // Turns the folder on the host into a newer build.
  async finishNewBuild() {
    await promisify(execFile)(process.env.CIPHERDECK_XTASK, ["finish", this.server.folder]);
  }

  // Says that a console line like this is part of the scenario.
  tolerate(pattern) {
    this.#tolerated.push(pattern);
  }

  assertNothingWrong() {
    const wrong = this.#wrong.filter((line) => !this.#tolerated.some((pattern) => pattern.test(line)));
    assert.deepEqual(wrong, []);
  }

  // What every tab shows now, for whoever must find out why a scenario failed.
  async shown() {
    const pages = this.#contexts.concat(this.#profile ? [this.context] : []).flatMap((context) => context.pages());
    const shown = pages.map(async (page) => `${page.url()}\n${await page.locator("body").innerText({ timeout: 1_000 })}`);
    const settled = await Promise.allSettled(shown);
    return settled.map(({ value, reason }) => value ?? String(reason)).join("\n\n");
  }

  async close() {
    if (this.#profile) {
      await this.chromium.kill();
      await this.#profile.remove();
    } else {
      await Promise.all(this.#contexts.map((context) => context.close()));
    }
    await this.server.stop();
    await rm(this.server.folder, { recursive: true, force: true });
  }

  #watch(context) {
    context.on("console", (message) => {
      if (message.type() === "error") this.#wrong.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#wrong.push(`error: ${error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      const own = new URL(this.server.address);
      const local = ["data:", "blob:", "about:"].includes(url.protocol);
      if (!local && url.origin !== own.origin) this.#wrong.push(`request to elsewhere: ${url}`);
    });
    context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`));
    });
  }
}

// A copy of the built site, which a scenario may change.
async function host() {
  const folder = await mkdtemp(join(tmpdir(), "cipherdeck-site-"));
  await cp(DIST, folder, { recursive: true });
  const server = new StaticServer(folder, SUB_PATH);
  await server.start();
  return server;
}

// The page's program replaces the first paint by its own `main`, then fills it.
export const ready = (page) => page.locator("main#main h1").first().waitFor();

// Keeps answers for what matches from a page or a context, until the function that comes back lets them go.
export async function holdBack(where, pattern) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await where.route(pattern, async (route) => { await held; await route.continue(); });
  return letGo;
}

// Makes a page's workers slow at will: what the page asks of them after `hold` they hear of at `letGo`.
export async function holdableAsks(page) {
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    let held = null;
    Worker.prototype.postMessage = function (...message) {
      if (held) held.push(() => post.apply(this, message));
      else post.apply(this, message);
    };
    window.asks = {
      hold() { held = []; },
      letGo() { const all = held; held = null; all.forEach((ask) => ask()); },
    };
  });
  return { hold: () => page.evaluate(() => window.asks.hold()), letGo: () => page.evaluate(() => window.asks.letGo()) };
}

export async function offlineState(page, state) {
  const now = () => page.evaluate(() => document.documentElement.dataset.offline);
  const came = page.waitForFunction((state) => document.documentElement.dataset.offline === state, state);
  await came.catch(async (error) => assert.fail(`the site is "${await now()}", not "${state}": ${error.message}`));
}

// A browser ends an idle service worker by itself, but not one that a driver is attached to; and a new one takes over only
// from a worker that rests.
// Answers with what ends the worker that is active now, and no later one.
export async function serviceWorkerOf(page) {
  const session = await page.context().newCDPSession(page);
  const told = new Promise((resolve) => session.once("ServiceWorker.workerVersionUpdated", resolve));
  await session.send("ServiceWorker.enable");
  const { versions } = await told;
  const { versionId } = versions.find(({ status }) => status === "activated");
  return { rest: () => session.send("ServiceWorker.stopWorker", { versionId }) };
}
