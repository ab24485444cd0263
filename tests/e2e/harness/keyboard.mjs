// A learner without a mouse.
import assert from "node:assert/strict";

const MOST_TABS = 150;

// Presses Tab until `target` has the focus, as one would who cannot point at it.
export async function tabTo(page, target) {
  await target.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    // Of what lies in a shadow root the document knows only the host.
    if (await target.evaluate((element) => element === element.getRootNode().activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reached ${target}`);
}

export async function press(page, target) {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

// Replaces what a field holds. An editor would put a bracket around what is selected.
export async function type(page, target, text) {
  await tabTo(page, target);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await page.keyboard.type(text);
}

// By arrow keys: of a word that is typed at a select, a slow browser takes each letter for a search of its own.
export async function choose(page, select, option) {
  await tabTo(page, select);
  const [from, to] = await select.evaluate((select, option) => [select.selectedIndex, [...select.options].findIndex(({ text }) => text === option)], option);
  assert.ok(to >= 0, `there is no ${option} to choose`);
  for (let steps = 0; steps < Math.abs(to - from); steps += 1) await page.keyboard.press(to > from ? "ArrowDown" : "ArrowUp");
  assert.equal(await select.evaluate((select) => select.selectedIndex), to);
}

// A text field or an editor by its label, as whoever sees the page finds it.
// One that offers something to choose is a combobox.
export const field = (page, label) =>
  page.getByRole("textbox", { name: label, exact: true }).or(page.getByRole("combobox", { name: label, exact: true }));

// As from a clipboard, into what has the focus.
export const paste = (page, text) =>
  page.evaluate((text) => {
    let target = document.activeElement;
    while (target.shadowRoot?.activeElement) target = target.shadowRoot.activeElement;
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
