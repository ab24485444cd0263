import assert from "node:assert/strict";
import { field, paste, press, tabTo, type } from "./harness/keyboard.mjs";
import { scenario } from "./harness/scenario.mjs";
import { holdableAsks } from "./harness/world.mjs";

const ALLOW = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::notes/*"}}';
const DENY = '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::notes/secret/*"}}';

scenario("policy evaluation by keyboard alone: own policies and request, the decision, and the statement that made it", async (world) => {
  const page = await world.open("#/labs");
  await press(page, page.locator("main").getByRole("link", { name: /policy/i }));
  await fill(page, "Principal", "arn:aws:iam::111122223333:user/ana");
  await fill(page, "Action", "s3:GetObject");
  await fill(page, "Resource", "arn:aws:s3:::notes/today.md");
  await press(page, page.getByRole("button", { name: "Remove aws:username" }));
  await fill(page, "Identity policy", ALLOW);
  await page.getByText("Allowed.", { exact: true }).waitFor();

  await press(page, page.getByText("More policies, and whose organization"));
  await press(page, page.getByRole("button", { name: "Add a resource policy" }));
  await fill(page, "Resource policy", DENY);
  await fill(page, "Resource", "arn:aws:s3:::notes/secret/plan.md");
  await page.getByText("Explicitly denied.", { exact: true }).waitFor();
  await fill(page, "Resource", "arn:aws:s3:::elsewhere/x");
  await page.getByText("Implicitly denied.", { exact: true }).waitFor();
});

scenario("a case is predicted before its decision is shown; the clause leads to its text; the prediction is kept", async (world) => {
  const page = await world.open("#/course/scenarios/scp-grants-nothing.md");
  await press(page, page.getByRole("link", { name: "Predict it in the lab" }));
  await page.getByText("Hidden, until you have predicted it.").waitFor();
  assert.equal(await page.getByText("The way through the layers").count(), 0);
  await page.getByLabel("What will come of it?").selectOption("Allowed");
  await page.getByLabel("What decides it?").selectOption("a service control policy");
  await press(page, page.getByRole("button", { name: "Show what happens" }));
  await page.getByText("Implicitly denied.", { exact: true }).waitFor();
  await page.getByText("Wrongly predicted.").waitFor();
  await page.getByRole("heading", { name: "What there is to learn" }).waitFor();
  await press(page, page.locator("summary", { hasText: "Service control policies" }).first());
  await page.getByText(/actions of .*s3.* are left here/).first().waitFor();

  await page.reload();
  await page.getByText("Wrongly predicted.").waitFor();
  await page.locator("#scenario option", { hasText: "predict again" }).waitFor({ state: "attached" });
  await press(page, page.getByRole("button", { name: "Hide, and predict" }));
  await page.getByText("Hidden, until you have predicted it.").waitFor();
});

scenario("a shared bench waits for the receiver's own prediction", async (world) => {
  const page = await world.open("#/labs/policy?scenario=scp-grants-nothing");
  await page.getByText("Hidden, until you have predicted it.").waitFor();
  await press(page, page.getByRole("button", { name: "Share" }));
  const link = await page.getByRole("link", { name: "The link itself" }).getAttribute("href");
  const other = await world.open(new URL(link).hash, { context: await world.privateContext() });
  await other.getByText("Hidden, until you have predicted it.").waitFor();
  await other.locator("#scenario").waitFor();
  assert.equal(await other.locator("#scenario").inputValue(), "scp-grants-nothing");
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

scenario("what is typed while the engine is at work stays, and so does the place, whatever the answer brings to the form", async (world) => {
  const page = await world.open("#/labs/policy");
  const asks = await holdableAsks(page);
  const editor = field(page, "Identity policy");
  const text = () => page.locator("json-editor").first().evaluate((editor) => editor.value);
  await type(page, editor, "");
  await asks.hold();
  await paste(page, ALLOW.replace(/}}$/, ',"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}'));
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("  u");
  await asks.letGo();
  await page.getByRole("button", { name: "Add aws:MultiFactorAuthPresent" }).waitFor();
  assert.ok(await editor.evaluate((element) => element === element.getRootNode().activeElement));
  await page.keyboard.type("?");
  assert.match(await text(), /"true"\}\}\}\}\s*u\?$/);
});

scenario("a condition key that is called as a button is takes nothing from the form", async (world) => {
  const page = await world.open("#/labs/policy");
  const add = page.getByRole("button", { name: "Add a key", exact: true });
  const under = (key) => ALLOW.replace(/}}$/, `,"Condition":{"StringEquals":{"${key}":"x"}}}}`);
  await fill(page, "Identity policy", under("a key"));
  await fill(page, "Identity policy", under("another"));
  await page.getByRole("button", { name: "Add another" }).waitFor();
  await fill(page, "Identity policy", under("a key"));
  await page.getByRole("button", { name: "Add another" }).waitFor({ state: "detached" });
  assert.equal(await add.count(), 1);
  await press(page, add);
  await page.getByText(/^(Allowed|Explicitly denied|Implicitly denied)\.$/).waitFor();
});

// Leaving the field is what hands its text over.
async function fill(page, label, text) {
  await type(page, field(page, label), text);
  await page.keyboard.press("Tab");
}
