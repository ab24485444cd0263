// What a learner does to a question besides answering it.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { answer, answerMany, answerUnsaved, next, savedEntries, today } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";

const NEW_A_DAY = 20;

scenario("a question is flagged, listed to be edited, noted, put off and suspended by one key each, and that is taken back", async (world) => {
  const page = await world.open("#/review");
  const heading = page.locator("article.question h1");
  const first = await heading.innerText();
  await page.keyboard.press("f");
  await page.getByRole("button", { name: "Remove the flag" }).waitFor();
  await page.keyboard.press("e");
  await page.getByRole("button", { name: "Need not be edited" }).waitFor();
  await answer(page);
  await page.keyboard.press("n");
  await page.keyboard.type("I took the key for the text.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("listitem").getByText("I took the key for the text.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "next");
  await next(page);

  for (const [key, said] of [["s", "Suspended"], ["b", "Put off until tomorrow"]]) {
    const before = await heading.innerText();
    await page.keyboard.press(key);
    await page.getByRole("status").filter({ hasText: said }).waitFor();
    await page.waitForFunction((before) => document.querySelector("article.question h1").innerText !== before, before);
    await page.keyboard.press("u");
    await page.getByRole("heading", { level: 1, name: before, exact: true }).waitFor();
  }
  const kinds = (await savedEntries(page)).map(({ kind }) => (typeof kind === "string" ? kind : Object.keys(kind)[0]));
  assert.deepEqual(kinds, ["flag", "edit_later", "answer", "note", "suspend", "undo", "bury", "undo"]);

  await page.getByRole("navigation").getByRole("link", { name: "Browse" }).click();
  for (const state of ["flagged", "to edit", "with notes"]) {
    await page.getByLabel("State").selectOption({ label: state });
    await page.getByRole("status").getByText("1 question.", { exact: true }).waitFor();
  }
  await page.locator("summary").filter({ hasText: first.slice(0, 20) }).click();
  await page.getByText("I took the key for the text.").waitFor();
  await page.getByRole("button", { name: /^Remove the note/ }).click();
  await page.getByRole("status").getByText("Nothing is found").waitFor();
});

scenario("questions are tried before the lesson is read: nothing of that counts, and the lesson comes next", async (world) => {
  const page = await world.open("#/course/sheets/s3-encryption.md");
  await page.getByRole("button", { name: /^Try first: \d+ questions/ }).click();
  await answer(page);
  await page.locator("article.question").getByText("This was a try").waitFor();
  await next(page);
  await answerMany(page, 9);
  await page.getByRole("heading", { level: 1, name: "Now read it" }).waitFor();
  await page.getByText(/of 10 right before you have read/).waitFor();
  const saved = await savedEntries(page);
  assert.equal(saved.length, 10);
  for (const { kind } of saved) assert.deepEqual(Object.keys(kind), ["pretest"]);
  await page.getByRole("link", { name: "Read on" }).click();
  await page.getByRole("heading", { level: 1, name: /S3/ }).waitFor();
  const lede = await today(page);
  await lede.filter({ hasText: `${NEW_A_DAY} new questions` }).waitFor();
});

scenario("who puts aside all that can be tried goes on to read", async (world) => {
  const page = await world.open("#/course/sheets/s3-encryption.md");
  await page.getByRole("button", { name: /^Try first: \d+ questions/ }).click();
  for (let left = 10; left > 0; left -= 1) {
    const before = await page.locator("article.question h1").innerText();
    await page.keyboard.press("s");
    await page.waitForFunction((before) => document.querySelector("main h1").innerText !== before, before);
  }
  await page.getByRole("heading", { level: 1, name: "Now read it" }).waitFor();
  await page.getByText("You have put aside all that could be tried.").waitFor();
});

scenario("a mistake is reported where the host wants to hear of it, or copied where nobody says where", async (world) => {
  const open = async (context) => {
    const page = await world.open("#/browse", { context });
    await page.getByLabel("Search all questions").fill("bucket key");
    await page.locator("main li summary").first().click();
    return page;
  };
  const page = await open(world.context);
  await world.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Report a mistake" }).click();
  await page.getByText("Copied: send it").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Question .+\n\nQuestion: .+\nFile: sheets\/.+\.md\nIt reads: /);

  const index = join(world.server.folder, "index.html");
  const place = "https://example.com/issues/new?labels=content";
  await writeFile(index, (await readFile(index, "utf8")).replace("<meta", `<meta name="cipherdeck:report" content="${place}"><meta`));
  const link = (await open(await world.privateContext())).getByRole("link", { name: "Report a mistake" });
  const address = new URL(await link.getAttribute("href"));
  assert.equal(address.searchParams.get("labels"), "content");
  assert.match(address.searchParams.get("title"), /^Question /);
  assert.match(address.searchParams.get("body"), /\nIt reads: /);
});

scenario("an answer that cannot be saved is counted in every tab and on every page", async (world) => {
  const loader = join(world.server.folder, "keeper_loader.js");
  await writeFile(loader, `Object.defineProperty(self, "indexedDB", { value: undefined });\n${await readFile(loader, "utf8")}`);
  const page = await world.open("#/review");
  await answerUnsaved(page);
  const lede = await today(await world.open());
  await lede.filter({ hasText: `${NEW_A_DAY - 1} new` }).waitFor();
  await page.getByRole("navigation").getByRole("link", { name: "Statistics" }).click();
  await page.getByText("1 answer", { exact: false }).first().waitFor();
});
