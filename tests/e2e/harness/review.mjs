// A learner in the review, with the keyboard alone.
import { readFile, writeFile } from "node:fs/promises";
import { tabTo } from "./keyboard.mjs";

// What the review shows, seen in one look: what a learner does about it, and at which question. False while that is `seen`.
const glance = (seen) => {
  const find = (selector) => document.querySelector(`article.question ${selector}`);
  const stage = () => {
    if (find("#next")) return / · saved$/m.test(document.querySelector("article.question").innerText) ? "answered" : "saving";
    if (find("#answer")) return "judge";
    if (find("form [name=option]")) return find("form [name=option]:checked") ? "submit" : "choose";
    const places = [...document.querySelectorAll("article.question form select")];
    if (places.length) return places.every((place) => place.value) ? "submit" : "place";
    if (find("form #typed")) return find("form #typed").value ? "submit" : find("form #typed:focus") ? "type" : "reach";
    return find("form") ? "reveal" : "elsewhere";
  };
  const now = `${stage()}: ${document.querySelector("article.question")?.innerText}`;
  return now !== seen && now;
};

const KEYS = { choose: "1", submit: "Enter", judge: "3", type: "x", reach: "Tab", reveal: "Enter" };

// Chooses another word for each place of an order or a match, whatever belongs there.
const fillPlaces = (page) =>
  page.evaluate(() => {
    for (const [number, place] of document.querySelectorAll("article.question form select").entries()) {
      place.selectedIndex = number + 1;
      place.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

// Presses what the page asks for, key by key, until it shows `end`. Each key is decided by a new look, so that it does not
// matter when the page changes.
async function goOn(page, keys, end) {
  for (let seen = ""; ; ) {
    seen = await (await page.waitForFunction(glance, seen)).jsonValue();
    const stage = seen.split(":")[0];
    if (end(stage)) return;
    if (stage === "place") await fillPlaces(page);
    if (stage in keys) await page.keyboard.press(keys[stage]);
    // Tab moves the focus, which is nothing that a look tells apart.
    if (stage === "reach") seen = "";
  }
}

// Answers the question on the screen, right or wrong; the answer is saved then, and the page shows why.
export const answer = (page) => goOn(page, KEYS, (stage) => stage === "answered");

// Answers the question on the screen where nothing can be saved, and the page says so.
export async function answerUnsaved(page) {
  await goOn(page, KEYS, (stage) => stage === "saving");
  await page.locator("article.question").getByText("not saved yet").waitFor();
}

export const next = (page) => goOn(page, { answered: "Enter" }, (stage) => stage !== "answered" && stage !== "saving");

export async function answerMany(page, count) {
  for (let answered = 0; answered < count; answered += 1) {
    await answer(page);
    await next(page);
  }
}

// Whether the browser shows the tab. A browser without a screen takes every tab for shown.
export const show = (page, isShown) =>
  page.evaluate((isShown) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: !isShown });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, isShown);

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

// What Today says is due, which must follow from log and clock alone.
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
