// A learner without a mouse.
import assert from "node:assert/strict";

const MOST_TABS = 150;

// Presses Tab until `target` has the focus, as one would who cannot point at it.
export async function tabTo(page, target) {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reached ${target}`);
}

export async function press(page, target) {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

// Replaces what a field holds.
export async function type(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}
