// Every kind of page, for the tests and pictures that go through all of them.
export const PAGES = [
  "#/",
  "#/course",
  "#/course/lessons/kms-keys.md",
  "#/course/sheets/kms-core-concepts.md",
  "#/review",
  "#/labs",
  "#/labs/envelope",
  "#/labs/sse",
  "#/labs/policy",
  "#/settings",
  "#/no/such/page",
];

// Nothing is being loaded any more, and a lab has its engine.
export const settled = (page) =>
  page.waitForFunction(() => !document.querySelector("[aria-busy=true]") && !document.querySelector("main").innerText.includes("Starting the simulated cloud"));
