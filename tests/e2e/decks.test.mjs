import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { press, tabTo, type } from "./harness/keyboard.mjs";
import { answer, savedEntries } from "./harness/review.mjs";
import { scenario } from "./harness/scenario.mjs";
import { ready } from "./harness/world.mjs";

const SHEET = `---
sheet: my-gates
title: My gates
---

### What opens a gate?

> A hand.

### Which are gates?

- [x] The garden's
- [x] The yard's
- [ ] The roof's
`;

const outcome = (page) => page.getByRole("region", { name: "Bring a deck" }).getByRole("status");
const deck = (page, name) => page.locator("main li").filter({ has: page.locator("p.title", { hasText: name }) });

// Files on a disk, for as long as `use` takes.
async function onDisk(files, use) {
  const folder = await mkdtemp(join(tmpdir(), "cipherdeck-deck-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await use((path) => join(folder, path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

scenario("a deck of one's own is looked into, named, kept, reviewed, and removed and put back", async (world) => {
  const page = await world.open("#/course");
  await press(page, page.getByRole("link", { name: "Own decks" }));
  await page.getByText("You have none yet.").waitFor();
  await onDisk({ "gates.md": SHEET }, async (path) => {
    await page.getByLabel("Files").setInputFiles(path("gates.md"));
    await outcome(page).getByText("2 questions in 1 file.").waitFor();
  });
  await outcome(page).getByText(/gates\.md:6:1: warning: the question has no explanation/).waitFor();
  await type(page, page.getByLabel("Its name"), "Gates at home");
  await page.keyboard.press("Tab");
  await outcome(page).getByText(/own\/gates-at-home\/gates\.md:6:1: warning/).waitFor();
  await press(page, page.getByRole("button", { name: "Keep this deck" }));
  await outcome(page).getByText("Kept.").waitFor();
  await deck(page, "Gates at home").getByText("2 questions").waitFor();

  // In another tab, after a reload, and in the other program.
  const other = await world.open("#/decks");
  await deck(other, "Gates at home").waitFor();
  await other.reload();
  await ready(other);
  await press(other, deck(other, "Gates at home").getByRole("link", { name: "My gates" }));
  await press(other, other.getByRole("button", { name: "Review this sheet" }));
  await other.getByText("0 of 2", { exact: false }).waitFor();
  await answer(other);
  assert.equal((await savedEntries(other)).length, 1);

  await press(page, page.getByRole("button", { name: "Remove Gates at home" }));
  await page.getByText("“Gates at home” is removed.").waitFor();
  await page.getByText("You have none yet.").waitFor();
  await press(page, page.getByRole("button", { name: "Put it back" }));
  await deck(page, "Gates at home").waitFor();
  assert.equal((await savedEntries(page)).length, 1);
});

scenario("a folder is taken with what fits, Anki's text among it, and what is wrong with it is told with its place", async (world) => {
  const page = await world.open("#/decks");
  await page.getByLabel("Files").waitFor();
  const files = { "notes/gates.md": SHEET.replace("- [x] The yard's", "- [x] The yard's<br>"), "notes/anki.txt": "Which way?\tThis way.\n\tnothing\n", "notes/.git/config.md": "#", "notes/cow.png": "moo" };
  await onDisk(files, async (path) => {
    await page.getByLabel("A folder").setInputFiles(path("notes"));
    await outcome(page).getByText(/ in 2 files\./).waitFor();
  });
  assert.equal(await page.getByLabel("Its name").inputValue(), "notes");
  const findings = await outcome(page).locator("li").allInnerTexts();
  assert.ok(findings.some((line) => /^anki\.txt:2:1: error: the note's first field is empty/.test(line)), findings.join("\n"));
  assert.ok(findings.some((line) => /gates\.md:13:\d+: error: HTML/.test(line)), findings.join("\n"));
  await press(page, page.getByRole("button", { name: "Keep this deck" }));
  await deck(page, "notes").waitFor();
});

scenario("a file of this site is brought by its address, and another site is not asked", async (world) => {
  await writeFile(join(world.server.folder, "mine.md"), SHEET);
  const page = await world.open("#/decks");
  const address = page.getByLabel("The address of a file on this site");
  const bring = async (text) => {
    await tabTo(page, address);
    await address.fill(text);
    await page.keyboard.press("Tab");
  };
  await bring("https://example.com/deck.md");
  await outcome(page).getByText("example.com is another site").waitFor();
  await bring("nowhere.md");
  await outcome(page).getByText("cannot be fetched: status 404").waitFor();
  world.tolerate(/404/);
  await bring("mine.md");
  await outcome(page).getByText("2 questions in 1 file.").waitFor();
  await bring("index.html");
  await outcome(page).getByText("a deck's file ends with .md").waitFor();
});
