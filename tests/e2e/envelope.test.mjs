import assert from "node:assert/strict";
import { press, type } from "./harness/keyboard.mjs";
import { scenario } from "./harness/scenario.mjs";

const SEALING = ["Create a KMS key", "Ask KMS for a data key", "Encrypt the text here", "Wipe the plain data key", "Store it in S3"];
const OPENING = ["Unwrap the data key through KMS", "Decrypt the text here"];

async function takeSteps(page, steps) {
  for (const step of steps) await press(page, page.getByRole("button", { name: step }));
}

scenario("envelope encryption by keyboard alone: seal, wipe, store, open, and see what is changed refused", async (world) => {
  const page = await world.open("#/");
  await press(page, page.getByRole("link", { name: "Labs", exact: true }));
  await press(page, page.locator("main").getByRole("link", { name: "Envelope encryption" }));

  await type(page, page.getByLabel("Your text"), "a letter of my own");
  await takeSteps(page, SEALING);
  const browser = page.getByRole("region", { name: "Your browser" });
  const s3 = page.getByRole("region", { name: "S3" });
  await s3.locator("[data-kind=ciphertext]").waitFor();
  // The plain data key is gone from the browser, and only its wrapped form lies in S3.
  assert.equal(await browser.locator("[data-kind=key]:not(.gone)").count(), 0);

  await takeSteps(page, OPENING);
  await browser.locator("[data-kind=plaintext]", { hasText: "read back" }).getByText("a letter of my own").waitFor();

  const before = await s3.locator("[data-kind=ciphertext] .bytes").innerText();
  await press(page, page.getByRole("button", { name: "Flip this bit" }));
  await s3.locator("mark.changed").waitFor();
  assert.notEqual(await s3.locator("[data-kind=ciphertext] .bytes").innerText(), before);
  await takeSteps(page, OPENING);
  await page.locator(".split .wrong").waitFor();

  await press(page, page.getByRole("button", { name: "Put it back" }));
  await type(page, page.getByLabel("and value"), "another context");
  await page.keyboard.press("Tab");
  await takeSteps(page, OPENING.slice(0, 1));
  await page.getByText("InvalidCiphertextException").first().waitFor();
});

scenario("a step in a lab can be taken back", async (world) => {
  const page = await world.open("#/labs/envelope");
  await press(page, page.getByRole("button", { name: "Create a KMS key" }));
  await press(page, page.getByRole("button", { name: "Ask KMS for a data key" }));
  await page.getByRole("button", { name: "Encrypt the text here" }).waitFor();
  await press(page, page.getByRole("button", { name: "Undo" }));
  await page.getByRole("button", { name: "Ask KMS for a data key" }).waitFor();
});

scenario("flipping every bit is long work: it shows its progress and can be cancelled", async (world) => {
  const page = await world.open("#/labs/envelope");
  await takeSteps(page, SEALING);
  await press(page, page.getByRole("button", { name: "Flip every bit" }));
  await page.getByText(/bits flipped\. KMS refused/).waitFor();
  assert.match(await page.getByText(/bits flipped\. KMS refused/).innerText(), /and 0 let the text be read/);
});
