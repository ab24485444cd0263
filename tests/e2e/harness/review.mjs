// A learner in the review, with the keyboard alone.
import { readFile, writeFile } from "node:fs/promises";
import { tabTo } from "./keyboard.mjs";

const NEXT = "#next";

// Answers the question on the screen as it comes, right or wrong, and waits until it is saved; the page then shows why.
export async function answer(page) {
  const form = page.locator("article.question form");
  await form.waitFor();
  if (await form.locator("[name=option]").count()) {
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
  } else if (await form.locator("#typed").count()) {
    await tabTo(page, form.locator("#typed"));
    await page.keyboard.type("an answer");
    await page.keyboard.press("Enter");
  } else {
    await page.keyboard.press("Enter");
    await page.locator("#answer").waitFor();
    await page.keyboard.press("3");
  }
  await page.locator(NEXT).waitFor();
  await page.getByText(/ · saved$/).waitFor();
}

export async function next(page) {
  await page.keyboard.press("Enter");
  await page.locator(NEXT).waitFor({ state: "detached" });
}

export async function answerMany(page, count) {
  for (let answered = 0; answered < count; answered += 1) {
    await answer(page);
    await next(page);
  }
}

// The review log as it lies in the browser's store: what survives is what is here.
export const savedEntries = (page) =>
  page.evaluate(async () => {
    const settled = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await settled(indexedDB.open(`cipherdeck:${location.pathname}log`));
    const texts = await settled(database.transaction("entries").objectStore("entries").getAll());
    database.close();
    return texts.map((text) => JSON.parse(text));
  });

// What Today says is due, which must follow from the log alone.
export async function today(page) {
  await page.evaluate(() => { location.hash = "#/"; });
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  return page.locator("main .lede");
}

export async function exportTo(page, file) {
  await page.evaluate(() => { location.hash = "#/settings"; });
  const download = page.waitForEvent("download");
  const button = page.getByRole("button", { name: "Export everything" });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await (await download).saveAs(file);
  return readFile(file, "utf8");
}

export async function importFrom(page, text, file) {
  await writeFile(file, text);
  await page.evaluate(() => { location.hash = "#/settings"; });
  await page.getByLabel("Import a file").setInputFiles(file);
}
