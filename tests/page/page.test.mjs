// The review page in a real Chromium, from a static host under a path, as a reviewer uses it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { answer, assertQuiet, drop, inaccessible, judged, open, raw, start, until, write } from "./browser.mjs";
import { MIGRATION, SCHEMA } from "./cases.mjs";
import { BINDINGS, need, REMOLD, SCREENSHOTS } from "./places.mjs";

let browser;
before(async () => (browser = await start()));
after(async () => browser?.stop());

/** A test with a fresh tab, after which only own files were asked for and the console is empty. */
function withPage(name, body) {
  test(name, async () => {
    const tab = await open(browser);
    try {
      await body(tab.page, tab);
      assertQuiet(browser, tab);
    } finally {
      await tab.page.close();
    }
  });
}

const found = (rule) => (lint) => lint.findings.some((finding) => finding.rule === rule);
const steps = (status) => (plan) => plan.status === status;

async function example(page) {
  await page.getByRole("button", { name: /Example/ }).click();
  await answer(page, "plan-json", steps("ready"));
}

withPage("paste a migration and a schema: the finding, the plan, the change", async (page) => {
  await write(page, "schema-editor", SCHEMA);
  await write(page, "migration-editor", MIGRATION);
  await answer(page, "lint-json", found("add-column-rerun"));
  await answer(page, "plan-json", steps("ready"));
  await page.locator("#migration-editor .cm-lintRange").first().waitFor();
  const finding = page.locator(".finding", { hasText: "add-column-rerun" });
  assert.match(await finding.innerText(), /blob_data/);
  const run = page.locator(".step.run");
  assert.match(await run.innerText(), /ADD COLUMN blob_data BLOB/);
  assert.match(await page.locator(".diff ins").first().innerText(), /blob_data|page_count/);
  assert.match(await page.locator("#status").innerText(), /plan: ready/i);
});

withPage("edit again: findings and plan follow", async (page) => {
  await example(page);
  await write(page, "migration-editor", "ALTER TABLE assets ADD COLUMN second TEXT;\n");
  await answer(page, "plan-json", (plan) => plan.steps.some(({ sql }) => sql?.includes("second")));
  await page.locator(".step.run", { hasText: "second" }).waitFor();
  await page.locator(".finding", { hasText: "second" }).waitFor();
  await write(page, "migration-editor", "");
  await page.getByText("Paste a migration, drop its file").waitFor();
  assert.equal(await raw(page, "plan-json"), "");
});

withPage("a finding leads to its place in its file", async (page) => {
  await drop(page, "main", [["0001_a.sql", "-- one\n-- two\n"], ["0002_b.sql", `-- first\n${MIGRATION}`]]);
  await page.getByRole("tab", { name: /0001_a/ }).click();
  await page.locator(".finding .place", { hasText: "0002_b.sql:2" }).first().click();
  assert.equal(await page.getByRole("tab", { name: /0002_b/ }).getAttribute("aria-selected"), "true");
  await until("the editor has the focus", () => page.locator("#migration-editor .cm-content:focus").count());
  const selected = await page.evaluate(() => getSelection().toString());
  assert.notEqual(selected, "");
});

withPage("drop files: migrations anywhere, the schema on its panel, a snapshot wherever it falls", async (page) => {
  await drop(page, "#schema-editor", [["schema.sql", SCHEMA]]);
  await drop(page, "main", [["0002_b.sql", "CREATE INDEX t ON assets (tags);\n"], ["0001_a.sql", MIGRATION]]);
  await answer(page, "plan-json", (plan) => plan.files.length === 2);
  assert.deepEqual(await page.getByRole("tab").evaluateAll((tabs) => tabs.map((tab) => tab.firstChild.textContent)), ["0001_a.sql", "0002_b.sql"]);
  await drop(page, "main", [["snapshot.json", "{\"format\":\"not a snapshot\"}"]]);
  await until("the snapshot is in the schema's editor", async () =>
    (await page.locator("#schema-editor .cm-content").innerText()).includes("not a snapshot"));
  assert.equal(await page.getByRole("tab").count(), 2);
});

withPage("what can't be taken is refused in words", async (page) => {
  const said = page.locator("#trouble");
  await drop(page, "main", [["app.db", "SQLite format 3\0rest"]]);
  await said.getByText("remold snapshot --db app.db").waitFor();
  await drop(page, "main", [["latin1.sql", Buffer.from([0x2d, 0x2d, 0xe4])]]);
  await said.getByText("latin1.sql is not UTF-8 text").waitFor();
  await example(page);
  assert.equal(await said.innerText(), "");
  await page.getByLabel("SQLite versions that read the files").fill("abc");
  await said.getByText("abc").waitFor();
  await page.getByLabel("SQLite versions that read the files").fill("");
  await until("the message goes", async () => (await said.innerText()) === "");
});

withPage("a hazard must be allowed by name", async (page) => {
  await write(page, "schema-editor", SCHEMA.replace("page_count INTEGER", "page_count INTEGER,\n  blob_data BLOB"));
  await write(page, "migration-editor", "ALTER TABLE assets DROP COLUMN blob_data;\n");
  await answer(page, "plan-json", steps("refused"));
  await page.locator(".refusal").first().waitFor();
  const box = page.getByRole("checkbox", { name: /drop-column:assets.blob_data/ });
  await box.focus();
  await page.keyboard.press("Space");
  await answer(page, "plan-json", steps("ready"));
  await until("the checkbox keeps the focus", () => box.evaluate((element) => element === document.activeElement));
  assert.equal(await page.locator(".refusal").count(), 0);
  await page.keyboard.press("Space");
  await answer(page, "plan-json", steps("refused"));
});

withPage("names are text, never markup", async (page) => {
  const evil = "<img src=x onerror=alert(1)>";
  await drop(page, "main", [[`${evil}.sql`, `ALTER TABLE assets ADD COLUMN "${evil}" TEXT;\n`]]);
  await write(page, "schema-editor", SCHEMA);
  await answer(page, "plan-json", (plan) => plan.steps.length > 0);
  await page.locator(".step", { hasText: evil }).first().waitFor();
  assert.equal(await page.locator("main img, main script").count(), 0);
});

withPage("plan.json is saved as the core returned it", async (page) => {
  await example(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download plan.json" }).click()]);
  assert.equal(download.suggestedFilename(), "plan.json");
  assert.equal(await readFile(await download.path(), "utf8"), await raw(page, "plan-json"));
});

withPage("a rule's page opens from a finding and from the list", async (page, { requests }) => {
  await example(page);
  const fetched = () => requests.filter((url) => url.endsWith(".json")).length;
  assert.equal(fetched(), 0, "the pages are fetched when one is opened");
  const rule = page.locator(".finding .rule", { hasText: "add-column-rerun" }).first();
  await rule.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "Flagged" }).waitFor();
  await page.keyboard.press("Escape");
  await until("the focus is back", () => rule.evaluate((element) => element === document.activeElement));
  await page.getByRole("button", { name: "Rules", exact: true }).click();
  await dialog.getByRole("button", { name: "add-column-rerun" }).click();
  await dialog.getByRole("heading", { name: "Flagged" }).waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  assert.equal(fetched(), 1, "and once");
});

test("the core's module carries no rule's page, and the page's file all that the command line prints", async () => {
  const module = await readFile(need(join(BINDINGS, "remold_wasm_bg.wasm"), "build it with `cargo wasm`"), "latin1");
  assert.ok(!module.includes("## Flagged"));
  const file = await readFile(join(BINDINGS, "rules.json"), "utf8");
  assert.equal(file, execFileSync(need(REMOLD, "build it with `cargo build`"), ["rules", "--format", "json"], { encoding: "utf8" }));
});

test("a panic in the core is shown, and the next text gets its answer", async () => {
  const tab = await open(browser);
  const { page } = tab;
  // Nothing makes the core panic that we know of, so the page's message to it is spoilt on its way.
  await page.evaluate(() => {
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {
      const spoilt = message.argument?.includes("spoil this") ? { ...message, call: "no such call" } : message;
      return send.call(this, spoilt);
    };
  });
  await example(page);
  await write(page, "migration-editor", "-- spoil this\n");
  await page.locator("#trouble").getByText("The core stopped and was started anew").waitFor();
  assert.equal(await raw(page, "plan-json"), "");
  await write(page, "migration-editor", MIGRATION);
  await answer(page, "plan-json", steps("ready"));
  await until("the message goes", async () => (await page.locator("#trouble").innerText()) === "");
  assertQuiet(browser, tab);
  await page.close();
});

withPage("the keyboard alone is enough, and the focus can be seen", async (page) => {
  const at = () => page.evaluate(() => {
    const { activeElement: element } = document;
    const style = getComputedStyle(element);
    const editor = element.closest(".editor");
    const visible = style.outlineStyle !== "none" || (editor && getComputedStyle(editor).outlineStyle !== "none")
      || (element.matches("input[type=file]") && getComputedStyle(element.parentElement).outlineStyle !== "none");
    return { what: element.id || element.className || element.textContent, text: element.textContent, visible, body: element === document.body };
  });
  const walk = async (goal) => {
    for (let pressed = 0; pressed < 60; pressed += 1) {
      await page.keyboard.press("Tab");
      const now = await at();
      if (now.body) continue;
      assert.ok(now.visible, `the focus on ${now.what} can't be seen`);
      if (goal(now)) return;
    }
    assert.fail("not reached by Tab");
  };
  await walk(({ what }) => what === "example");
  await page.keyboard.press("Enter");
  await answer(page, "plan-json", steps("ready"));
  await page.locator(".finding .place").first().waitFor();
  await walk(({ what }) => what.includes("cm-content"));
  await page.keyboard.press("Control+End");
  await page.keyboard.type("-- typed");
  await walk(({ what }) => what === "link place");
  await page.keyboard.press("Enter");
  await until("Enter on a place leads into the editor", () => page.locator("#migration-editor .cm-content:focus").count());
  await walk(({ what }) => what === "download");
});

for (const scheme of ["light", "dark"]) {
  for (const width of [360, 1440]) {
    withPage(`${scheme} at ${width} pixels: nothing sticks out, nothing inaccessible`, async (page) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      await example(page);
      await page.locator(".diff ins").first().waitFor();
      assert.equal((await judged(page)).state, "done");
      await page.screenshot({ path: join(SCREENSHOTS, `page-${scheme}-${width}.png`), fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `the page is ${wide} pixels wide`);
      assert.deepEqual(await inaccessible(page), []);
      await page.locator(".finding .rule").first().click();
      await page.getByRole("dialog").getByRole("heading", { name: "Flagged" }).waitFor();
      await page.screenshot({ path: join(SCREENSHOTS, `rule-${scheme}-${width}.png`) });
      assert.deepEqual(await inaccessible(page), []);
    });
  }
}
