import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { violations } from "./harness/axe.mjs";
import { field, paste, press, tabTo, type } from "./harness/keyboard.mjs";
import { settled } from "./harness/pages.mjs";
import { scenario } from "./harness/scenario.mjs";
import { holdBack, offlineState, ready } from "./harness/world.mjs";

const ALLOW = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}';
const MISSPELT = ALLOW.replace("Allow", "Alow");
const POLICY = "Identity policy";

scenario("a mistake is underlined while one types, and F8 leads to it with the engine's own words", async (world) => {
  const page = await lab(world);
  const { editor, content } = of(page);
  await type(page, content, MISSPELT);
  await underlined(editor, '"Alow"');
  assert.equal(await editor.locator(".cm-lint-marker-error").count(), 1);

  await page.keyboard.press("F8");
  assert.equal(await selected(content), '"Alow"');
  const said = (await page.locator("ul.diagnostics li").first().innerText()).replace(/^\S+ /, "").replaceAll("\n", "");
  const tooltip = editor.locator(".cm-tooltip .cm-diagnostic");
  assert.ok((await tooltip.innerText()).replaceAll("\n", "").startsWith(said.trim()), said);
  await page.keyboard.press("Escape");
  await tooltip.waitFor({ state: "detached" });

  await page.keyboard.press("ControlOrMeta+Shift+M");
  await editor.getByRole("option", { name: /error: Alow is no effect/ }).waitFor();
});

scenario("a finding leads to its place in the text", async (world) => {
  const page = await lab(world);
  const { editor, content } = of(page);
  await type(page, content, `${"\n".repeat(60)}${MISSPELT}`);
  const mark = editor.locator(".marked");
  // What was said of half the text may still stand beside it.
  const finding = page.locator("ul.diagnostics li").filter({ hasText: "Alow" }).getByRole("button", { name: /^61:\d+/ });
  await Promise.all([mark.waitFor(), press(page, finding)]);
  assert.equal(await selected(content), '"Alow"');
  assert.ok(await content.evaluate((content) => content.getRootNode().activeElement === content), "the editor has the focus");
  await mark.waitFor({ state: "detached" });
});

scenario("Tab leaves the editor, in both directions; single-key shortcuts stay out of it", async (world) => {
  const page = await lab(world);
  const { editor, content } = of(page);
  await type(page, content, '{"u": "?"}');
  assert.equal(await value(editor), '{"u": "?"}');
  await page.keyboard.press("Shift+Tab");
  assert.equal(await hasFocus(editor), false);
  await page.keyboard.press("Tab");
  assert.equal(await hasFocus(editor), true);
  await page.keyboard.press("Tab");
  assert.equal(await hasFocus(editor), false);
  assert.equal(await value(editor), '{"u": "?"}');
});

scenario("answers that come while one types on take nothing back, and leave the cursor where it is", async (world) => {
  const page = await lab(world);
  const { editor, content } = of(page);
  const text = ALLOW.repeat(3);
  await tabTo(page, content);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  for (const part of text.match(/.{1,24}/g)) {
    const answered = page.evaluate(() => new Promise((resolve) => addEventListener("change", resolve, { once: true })));
    await page.keyboard.insertText(part);
    await answered;
  }
  assert.equal(await value(editor), text);
});

scenario("undo in the editor is the editor's, undo in the lab sets the text back", async (world) => {
  const page = await lab(world);
  const { editor, content } = of(page);
  const before = await value(editor);
  await tabTo(page, content);
  await page.keyboard.press("ControlOrMeta+End");
  // As one input: keys with a pause between them are undone one group after the other.
  await page.keyboard.insertText("   x");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await value(editor), before);

  await page.keyboard.type("y");
  await page.keyboard.press("ControlOrMeta+Enter");
  await press(page, page.getByRole("button", { name: "Undo" }));
  await page.waitForFunction(({ editor, before }) => editor.value === before, { editor: await editor.elementHandle(), before });
});

scenario("words are offered inside strings: actions as values, condition keys and operators as names", async (world) => {
  const page = await lab(world);
  const { editor, content } = of(page);
  const offer = (name, options) => editor.getByRole("option", { name, exact: true, ...options });
  await type(page, content, '{"Action": "s3:getobjecta');
  await offer("s3:GetObjectAcl").waitFor();
  await type(page, content, '{"Action": "s3:PutBucketPol');
  await offer("s3:PutBucketPolicy", { selected: true }).waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await value(editor), '{"Action": "s3:PutBucketPolicy"}');

  await type(page, content, '{"Condition": {"StringNotEqualsI');
  await shows(editor, "[role=option]", ["StringNotEqualsIgnoreCase"]);
  await type(page, content, '{"Condition": {"StringEquals": {"s3:pref');
  await offer("s3:prefix", { selected: true }).waitFor();
  assert.deepEqual(await violations(page), []);
});

scenario("axe finds nothing with a tooltip, the list of findings and the search open", async (world) => {
  for (const [colorScheme, size] of [["light", { width: 1440, height: 900 }], ["dark", { width: 360, height: 740 }]]) {
    const page = await lab(world, { context: await world.privateContext({ colorScheme }), size });
    const { editor, content } = of(page);
    await type(page, content, MISSPELT);
    await underlined(editor, '"Alow"');
    await page.keyboard.press("F8");
    await editor.locator(".cm-tooltip").waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("ControlOrMeta+Shift+M");
    await editor.locator(".cm-panel-lint").waitFor();
    await content.focus();
    await page.keyboard.press("ControlOrMeta+f");
    await editor.locator(".cm-search").waitFor();
    assert.deepEqual(await violations(page), []);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px too wide at ${size.width} px`);
    await page.close();
  }
});

scenario("the editor works with the network gone", async (world) => {
  const page = await world.open();
  await offlineState(page, "ready");
  await world.server.stop();
  world.tolerate(/ERR_CONNECTION_REFUSED/);
  await page.goto(`${world.server.address}#/labs/policy`);
  await page.reload();
  await ready(page);
  await settled(page);
  const { editor, content } = of(page);
  await type(page, content, MISSPELT);
  await underlined(editor, '"Alow"');
}, { keepsSite: true });

scenario("without the editor's program the plain text field does the work", async (world) => {
  const context = await world.privateContext();
  await context.route("**/editor.js", (route) => route.abort());
  world.tolerate(/ERR_FAILED.*\/editor\.js/);
  const page = await world.open("#/labs/policy", { context });
  const plain = page.locator("json-editor textarea:visible").first();
  await tabTo(page, plain);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(MISSPELT);
  await page.keyboard.press("Tab");
  await page.locator("ul.diagnostics li").first().waitFor();
  await press(page, page.locator("ul.diagnostics").getByRole("button").first());
  assert.ok(await plain.evaluate((field) => field === document.activeElement), "the finding leads to the field");
});

scenario("what was typed before the editor came is kept, with focus and cursor", async (world) => {
  const context = await world.privateContext();
  const letGo = await holdBack(context, "**/editor.js");
  const page = await world.open("#/labs/policy", { context });
  const plain = page.locator("json-editor textarea").first();
  await tabTo(page, plain);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(`${MISSPELT} `);
  await page.keyboard.press("ArrowLeft");
  letGo();
  const { editor } = of(page);
  await editor.locator(".cm-content").waitFor();
  assert.equal(await hasFocus(editor), true);
  await page.keyboard.type("x");
  assert.equal(await value(editor), `${MISSPELT}x `);
  await editor.locator(".cm-lintRange-error").first().waitFor();
});

scenario("a megabyte stays usable", async (world) => {
  const page = await lab(world);
  const { editor, content } = of(page);
  const statement = '  {"Effect":"Allow","Action":"s3:Get*","Resource":"*"},\n';
  const text = `{"Statement":[\n${statement.repeat(Math.ceil(1_000_000 / statement.length))}`;
  await tabTo(page, content);
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, text);
  await page.locator("ul.diagnostics li").first().waitFor();
  await page.keyboard.type("xyz");
  assert.ok((await value(editor)).endsWith("xyz"));
  await editor.locator(".cm-content", { hasText: "xyz" }).waitFor();
  await type(page, content, ALLOW);
  await page.getByText(/^(Allowed|Explicitly denied|Implicitly denied)\.$/).waitFor();
});

test("the editor's program names no other host", async () => {
  const program = await readFile(new URL("../../dist/editor.js", import.meta.url), "utf8");
  const addresses = program.replace(/^\/\*![^]*?\*\//, "").match(/https?:\/\/[\w.]+/g) ?? [];
  assert.deepEqual([...new Set(addresses)], ["http://www.w3.org"]);
});

async function lab(world, options) {
  const page = await world.open("#/labs/policy", options);
  await settled(page);
  return page;
}

const of = (page) => {
  const content = field(page, POLICY);
  return { content, editor: page.locator("json-editor", { has: content }) };
};

// What stands there in the end: findings and offers about the text as it was a moment ago come and go while one types.
const shows = async (editor, selector, texts) =>
  editor.page().waitForFunction(
    ([editor, selector, texts]) => {
      const found = Array.from(editor.shadowRoot.querySelectorAll(selector), (element) => element.textContent);
      return JSON.stringify(found) === JSON.stringify(texts);
    },
    [await editor.elementHandle(), selector, texts],
  );
const underlined = (editor, text) => shows(editor, ".cm-lintRange-error", [text]);
const value = (editor) => editor.evaluate((editor) => editor.value);
const selected = (content) => content.evaluate((content) => content.getRootNode().getSelection().toString());
const hasFocus = (editor) => editor.evaluate((editor) => editor === document.activeElement);
