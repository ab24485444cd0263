import assert from "node:assert/strict";
import { press, type } from "./harness/keyboard.mjs";
import { scenario } from "./harness/scenario.mjs";

const MODES = ["SSE-S3", "SSE-KMS", "DSSE-KMS", "SSE-C", "Client-side"];

scenario("encryption modes by keyboard alone: put, compare, see who reads, open the requests behind a cell", async (world) => {
  const page = await world.open("#/labs");
  await press(page, page.locator("main").getByRole("link", { name: /encryption modes/i }));
  await type(page, page.getByLabel("Your text"), "a letter to compare");
  await page.keyboard.press("Tab");
  await press(page, page.getByRole("button", { name: "Put it in every way" }));
  const mode = (name) => page.getByRole("region", { name, exact: true });
  for (const name of MODES) await mode(name).getByText("Reads it").first().waitFor();

  // Who has the disk reads nothing in any mode; who may read S3 but not KMS reads where KMS is not asked.
  const verdict = (name, who) => mode(name).locator("dl > div", { has: page.locator("dt", { hasText: who }) }).locator(".verdict").innerText();
  for (const name of MODES) assert.match(await verdict(name, "Someone with the disk"), /Cannot/, name);
  assert.match(await verdict("SSE-S3", "Role that may read S3, not KMS"), /✓/);
  assert.match(await verdict("SSE-KMS", "Role that may read S3, not KMS"), /Cannot/);

  const behind = mode("SSE-KMS").getByRole("button", { name: /requests? behind/ }).first();
  await press(page, behind);
  const requests = page.getByRole("dialog", { name: /^SSE-KMS: / });
  await requests.getByText("s3:PutObject", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  assert.ok(await behind.evaluate((element) => element === document.activeElement), "the focus comes back to where it was");

  await press(page, page.getByRole("button", { name: "Disable the KMS key" }));
  await mode("SSE-KMS").locator("dl > div", { has: page.locator("dt", { hasText: "Who put it" }) }).getByText("Cannot read it").waitFor();
  assert.match(await verdict("SSE-S3", "Who put it"), /✓/);
});
