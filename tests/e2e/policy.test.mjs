import assert from "node:assert/strict";
import { field, paste, press, tabTo, type } from "./harness/keyboard.mjs";
import { scenario } from "./harness/world.mjs";

const ALLOW = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::notes/*"}}';
const DENY = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::notes/secret/*"}}';

scenario("policy evaluation by keyboard alone: own policies and request, the decision, and the statement that made it", async (world) => {
  const page = await world.open("#/labs");
  await press(page, page.locator("main").getByRole("link", { name: /policy/i }));
  await fill(page, "Principal", "arn:aws:iam::111122223333:user/ana");
  await fill(page, "Action", "s3:GetObject");
  await fill(page, "Resource", "arn:aws:s3:::notes/today.md");
  await fill(page, "Identity policy", ALLOW);
  await fill(page, "Resource policy", DENY);
  await fill(page, "Context", "{}");
  await page.getByText("Allowed.", { exact: true }).waitFor();

  await fill(page, "Resource", "arn:aws:s3:::notes/secret/plan.md");
  await page.getByText("Explicitly denied.", { exact: true }).waitFor();
  await fill(page, "Resource", "arn:aws:s3:::elsewhere/x");
  await page.getByText("Implicitly denied.", { exact: true }).waitFor();
});

scenario("a policy that cannot be read is told with its place, and the rest of the page goes on", async (world) => {
  const page = await world.open("#/labs/policy");
  await fill(page, "Identity policy", '{"Version":"2012-10-17",\n"Statement":[,]}');
  const notes = page.locator("ul.diagnostics li").first();
  await notes.waitFor();
  assert.match(await notes.innerText(), /2:\d+/);
  await page.getByText("Nothing is decided while a text cannot be read.").waitFor();
  await fill(page, "Identity policy", ALLOW);
  await page.getByText(/^(Allowed|Explicitly denied|Implicitly denied)\.$/).waitFor();
});

scenario("a megabyte pasted as a policy is answered, and the page stays free", async (world) => {
  const page = await world.open("#/labs/policy");
  await tabTo(page, field(page, "Identity policy"));
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, `{"Statement":[${"[".repeat(1_000_000)}`);
  await page.locator("ul.diagnostics li").first().waitFor();
  await fill(page, "Identity policy", ALLOW);
  await page.getByText(/^(Allowed|Explicitly denied|Implicitly denied)\.$/).waitFor();
});

// Leaving the field is what hands its text over.
async function fill(page, label, text) {
  await type(page, field(page, label), text);
  await page.keyboard.press("Tab");
}
