// One promise to a learner, kept or broken in a browser.
import { after, test } from "node:test";
import { Chromium, Profile } from "./chromium.mjs";
import { World } from "./world.mjs";

// Only what is broken takes so long.
const SCENARIO_MS = 180_000;

// The scenarios of a file share a Chromium; each has a world of its own in it.
export const scenario = (name, run, { timeout = SCENARIO_MS, keepsSite = false } = {}) =>
  test(name, { timeout }, async () => within(await World.within(await shared(), { keepsSite }), run));

// For what must survive Chromium's end.
export const scenarioOnDisk = (name, run) =>
  test(name, { timeout: SCENARIO_MS }, async () => within(await World.onDisk(), run));

async function within(world, run) {
  try {
    await run(world);
    world.assertNothingWrong();
  } catch (error) {
    console.error(await world.shown());
    throw error;
  } finally {
    await world.close();
  }
}

let started = null;

function shared() {
  started ??= Profile.create().then(async (profile) => ({ profile, chromium: await Chromium.start(profile) }));
  return started.then(({ chromium }) => chromium);
}

after(async () => {
  if (!started) return;
  const { profile, chromium } = await started;
  await chromium.kill();
  await profile.remove();
});
