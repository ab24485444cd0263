// A Chromium of our own: a process that can be killed, and a profile that outlives it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const QUIET = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-domain-reliability",
  "--disable-sync",
  "--hide-scrollbars",
  "--password-store=basic",
  "--use-mock-keychain",
];

export class Profile {
  static async create() {
    return new Profile(await mkdtemp(join(tmpdir(), "cipherdeck-profile-")));
  }

  constructor(folder) {
    this.folder = folder;
  }

  async remove() {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class Chromium {
  #process;
  #browser;

  static async start(profile) {
    const executable = process.env.CHROMIUM;
    if (!executable) throw new Error("CHROMIUM must name a browser: run `cargo xtask test e2e`, which finds one");
    const started = spawn(executable, [...QUIET, `--user-data-dir=${profile.folder}`, "--remote-debugging-port=0", "about:blank"], {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    const address = await debuggingAddress(started);
    return new Chromium(started, await chromium.connectOverCDP(address));
  }

  constructor(started, browser) {
    this.#process = started;
    this.#browser = browser;
  }

  // The profile's own context: what it stores is on disk.
  get context() {
    return this.#browser.contexts()[0];
  }

  // A context that forgets, as a private window does.
  newContext(options) {
    return this.#browser.newContext(options);
  }

  // As when the power goes: no process of it gets a chance to save anything.
  async kill() {
    const ended = this.#process.exitCode === null && this.#process.signalCode === null ? once(this.#process, "exit") : null;
    try {
      process.kill(-this.#process.pid, "SIGKILL");
    } catch (error) {
      if (error.code !== "ESRCH") throw error;
    }
    await ended;
    await this.#browser.close().catch(() => {});
  }
}

async function debuggingAddress(started) {
  const lines = createInterface({ input: started.stderr });
  const said = [];
  const ended = once(started, "exit").then(() => {
    throw new Error(`Chromium ended at once:\n${said.join("\n")}`);
  });
  const heard = new Promise((resolve) => {
    lines.on("line", (line) => {
      said.push(line);
      const [, address] = line.match(/^DevTools listening on (ws:.*)$/) ?? [];
      if (address) resolve(address);
    });
  });
  const address = await Promise.race([heard, ended]);
  ended.catch(() => {});
  return address;
}
