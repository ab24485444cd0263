// Every kind of page, for the tests and pictures that go through all of them.
export const PAGES = [
  "#/",
  "#/course",
  "#/course/lessons/kms-keys.md",
  "#/course/sheets/kms-core-concepts.md",
  "#/review",
  "#/exam",
  "#/browse",
  "#/decks",
  "#/labs",
  "#/labs/envelope",
  "#/labs/sse",
  "#/labs/policy",
  "#/course/scenarios/scp-every-level.md",
  "#/labs/policy?scenario=scp-every-level",
  "#/statistics",
  "#/settings",
  "#/no/such/page",
];

// Nothing is being loaded any more: there is more than the heading, a lab has its engine, and an editor its program.
export const settled = (page) =>
  page.waitForFunction(() => {
    const main = document.querySelector("main");
    const isLoading = document.querySelector("[aria-busy=true], json-editor:not(:defined)") || /Reading the course|Starting the simulated cloud/.test(main.innerText);
    return main.children.length > 1 && !isLoading;
  });

// Goes on to another page in the same tab, as a link would. Pages of one kind may keep the heading and change its words.
export async function goOn(page, route) {
  const words = await page.locator("main h1").evaluate((heading) => {
    heading.dataset.left = "";
    return heading.innerText;
  });
  await page.evaluate((route) => { location.hash = route; }, route);
  await page.locator("main h1:not([data-left])").or(page.locator("main h1").filter({ hasNotText: words })).first().waitFor();
  await settled(page);
}
