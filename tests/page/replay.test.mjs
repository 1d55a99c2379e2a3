// The replay in the page: SQLite itself judges what was pasted, in the tab, and never in the way.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { answer, assertQuiet, drop, inaccessible, judged, open, raw, start, until, write } from "./browser.mjs";
import { FAMILY, MIGRATION, REBUILD, SCHEMA } from "./cases.mjs";
import { AIMED, ENDLESS, hostile } from "./hostile.mjs";
import { SCREENSHOTS } from "./places.mjs";

let browser;
before(async () => (browser = await start()));
after(async () => browser?.stop());

const SQLITE = /remold_sqlite_wasm_bg[^/]*\.wasm$/;

const SMALL = `CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', age INTEGER CHECK (age > 0));
CREATE TABLE assets (id TEXT PRIMARY KEY, url TEXT NOT NULL, owner INTEGER REFERENCES users (id) ON DELETE CASCADE);
`;

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

const rules = async (page) => JSON.parse(await raw(page, "lint-json")).findings.map(({ rule }) => rule);

withPage("a column that passes on an empty table and fails on a row: SQLite's words, and the row", async (page) => {
  await write(page, "schema-editor", SCHEMA);
  await write(page, "migration-editor", "ALTER TABLE assets ADD COLUMN ratio REAL DEFAULT 0 CHECK (ratio > 0);\n");
  assert.equal((await judged(page)).state, "done");
  const finding = page.locator(".finding", { hasText: "fails-on-rows" });
  const words = await finding.innerText();
  assert.match(words, /SQLite says: CHECK constraint failed/);
  assert.match(words, /INSERT INTO assets/);
  await page.locator("#migration-editor .cm-lintRange-error").first().waitFor();
  await finding.locator(".rule").click();
  await page.getByRole("dialog").getByRole("heading", { name: "Proof" }).waitFor();
  await page.keyboard.press("Escape");
  // What the core finds by reading stays one finding.
  await write(page, "migration-editor", "ALTER TABLE assets ADD COLUMN owner TEXT NOT NULL;\n");
  assert.equal((await judged(page)).state, "done");
  assert.equal((await rules(page)).filter((rule) => rule === "add-not-null-without-default").length, 1);
});

withPage("rows that go with their parent, where foreign keys are on", async (page) => {
  await write(page, "schema-editor", FAMILY);
  await write(page, "migration-editor", "DELETE FROM parents;\n");
  assert.equal((await judged(page)).state, "done");
  assert.ok(!(await rules(page)).includes("rows-lost"));
  await page.getByLabel("Foreign keys").selectOption("on");
  const { state, words } = await judged(page);
  assert.equal(state, "done");
  assert.match(words, /foreign keys on/);
  const finding = page.locator(".finding", { hasText: "rows-lost" });
  assert.match(await finding.innerText(), /deletes rows of children/);
  await page.screenshot({ path: join(SCREENSHOTS, "replayed.png"), fullPage: true });
  assert.deepEqual(await inaccessible(page), []);
  await finding.locator(".place").click();
  await until("the editor has the focus", () => page.locator("#migration-editor .cm-content:focus").count());
  await page.getByLabel("Replay on SQLite itself").uncheck();
  assert.equal((await judged(page)).state, "off");
  assert.ok(!(await rules(page)).includes("rows-lost"));
  // That a rebuild empties the children is found by reading.
  await write(page, "migration-editor", REBUILD);
  assert.equal((await judged(page)).state, "off");
  assert.ok((await rules(page)).includes("parent-dropped-with-foreign-keys-on"));
});

withPage("what SQLite could not judge is named", async (page) => {
  await write(page, "schema-editor", "CREATE TABLE never (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> a) NOT NULL);\n");
  await write(page, "migration-editor", "ALTER TABLE never ADD COLUMN b;\n");
  assert.equal((await judged(page)).state, "done");
  const remarks = page.locator("#replayed .remarks");
  await remarks.locator("summary").click();
  assert.match(await remarks.innerText(), /never/);
  assert.deepEqual(await inaccessible(page), []);
});

withPage("SQLite is fetched for the first replay, once, and not before", async (page, { requests }) => {
  const fetched = () => requests.filter((url) => SQLITE.test(url)).length;
  await page.waitForTimeout(700);
  assert.equal(fetched(), 0);
  await write(page, "migration-editor", MIGRATION);
  assert.equal((await judged(page)).state, "done");
  await write(page, "migration-editor", "CREATE TABLE other (a);\n");
  await answer(page, "lint-json", () => true);
  assert.equal((await judged(page)).state, "done");
  assert.equal(fetched(), 1);
});

withPage("a replay that is switched off fetches nothing and says so", async (page, { requests }) => {
  await page.getByLabel("Replay on SQLite itself").uncheck();
  await write(page, "migration-editor", MIGRATION);
  const { state, words } = await judged(page);
  assert.equal(state, "off");
  assert.match(words, /switched off/);
  assert.deepEqual(requests.filter((url) => SQLITE.test(url)), []);
  await page.getByLabel("Replay on SQLite itself").check();
  assert.equal((await judged(page)).state, "done");
});

withPage("the findings come first, and SQLite's after them", async (page) => {
  await page.evaluate(() => {
    const states = (globalThis.states = []);
    const element = document.getElementById("replayed");
    new MutationObserver(() => states.push(`${element.dataset.state} ${document.querySelectorAll(".finding").length > 0}`))
      .observe(element, { attributes: true, attributeFilter: ["data-state"] });
  });
  await write(page, "schema-editor", SCHEMA);
  await write(page, "migration-editor", MIGRATION);
  assert.equal((await judged(page)).state, "done");
  const states = await page.evaluate(() => globalThis.states);
  assert.deepEqual(states.slice(-2), ["running true", "done true"]);
  assert.match(await page.locator("#status").innerText(), /replayed on SQLite/);
  assert.match(await page.locator("#replayed").innerText(), /^Replayed on SQLite 3\.\d+\.\d+/);
});

withPage("the replay of a text that has changed is dropped", async (page) => {
  await drop(page, "#schema-editor", [["schema.sql", SCHEMA]]);
  for (let round = 0; round < 12; round += 1) {
    await write(page, "migration-editor", `ALTER TABLE assets ADD COLUMN c${round} TEXT;\n`);
    // Around the pause before the replay, so that some are waiting and some are running.
    await page.waitForTimeout(420 + 25 * round);
  }
  assert.equal((await judged(page)).state, "done");
  assert.match(await raw(page, "lint-json"), /assets\.c11/);
  await page.waitForTimeout(600);
  assert.match(await raw(page, "lint-json"), /assets\.c11/);
});

/** Keeps the page's questions from SQLite until what this returns is called. */
async function hold(page) {
  await page.evaluate(() => {
    const send = Worker.prototype.postMessage;
    const kept = [];
    Worker.prototype.postMessage = function (message) {
      if (message.call === "replay") kept.push(() => send.call(this, message));
      else send.call(this, message);
    };
    globalThis.release = () => {
      Worker.prototype.postMessage = send;
      kept.forEach((sent) => sent());
    };
  });
  return () => page.evaluate(() => globalThis.release());
}

const replaying = (page) =>
  until("a replay runs", async () => (await page.locator("#replayed").getAttribute("data-state")) === "running");

/** Types a text where a key leads to. */
async function type(page, key, text) {
  await page.locator("#migration-editor .cm-content").click();
  await page.keyboard.press(key);
  await page.keyboard.insertText(text);
}

const RATIO = "ALTER TABLE assets ADD COLUMN ratio REAL DEFAULT 0 CHECK (ratio > 0);\n";

withPage("what the last replay found stays until the next has answered, at its place or at none", async (page) => {
  await write(page, "schema-editor", SCHEMA + "CREATE TABLE never (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> a) NOT NULL);\n");
  await write(page, "migration-editor", `-- first\n${RATIO}-- last\nALTER TABLE never ADD COLUMN b;\n`);
  assert.equal((await judged(page)).state, "done");
  const finding = page.locator(".finding", { hasText: "fails-on-rows" });
  const mark = page.locator("#migration-editor .held");
  const remarks = page.locator("#replayed .remarks");
  await remarks.locator("summary").click();
  const count = await page.locator(".finding").count();
  assert.equal(await finding.getAttribute("aria-busy"), "false");
  assert.equal(await mark.count(), 0);
  await page.evaluate(() => {
    globalThis.absent = 0;
    const look = () => (globalThis.absent += document.getElementById("findings-body").textContent.includes("fails-on-rows") ? 0 : 1);
    new MutationObserver(look).observe(document.getElementById("findings"), { childList: true, subtree: true });
  });
  const widths = [360, 1440];
  const shape = () => page.evaluate(() => {
    const [outer, inner] = ["findings", "findings-body"].map((id) => document.getElementById(id).getBoundingClientRect());
    return { below: Math.round(inner.top - outer.top), height: Math.round(inner.height) };
  });
  const shapes = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    shapes.push(await shape());
  }
  const release = await hold(page);

  // Lines above and below it come and go: it goes along.
  await type(page, "Control+Home", "-- one more\n-- and another\n");
  await replaying(page);
  await type(page, "Control+End", "-- the end\n");
  await replaying(page);
  assert.equal(await finding.getAttribute("aria-busy"), "true");
  assert.match(await finding.innerText(), /last replay/);
  assert.equal(await page.locator(".finding").count(), count);
  assert.equal(await page.locator("#findings-count").innerText(), String(count));
  assert.equal(await page.locator(".finding[aria-busy=true]").count(), 1);
  assert.ok(!(await rules(page)).includes("fails-on-rows"), "the core's bytes are the core's");
  assert.match(await page.locator("#status").innerText(), /1 error.*; replaying on SQLite/);
  assert.match(await remarks.locator("li", { hasText: "never" }).innerText(), /never/);
  const marked = (await mark.allInnerTexts()).join("");
  await finding.locator("button.place", { hasText: "migration.sql:4:" }).focus();
  await page.keyboard.press("Enter");
  const selected = await page.evaluate(() => getSelection().toString());
  assert.deepEqual([selected, marked], ["assets", "assets"]);
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [at, width] of widths.entries()) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await shape(), shapes[at], "nothing jumps");
      await page.screenshot({ path: join(SCREENSHOTS, `held-${colorScheme}-${width}.png`), fullPage: true });
      assert.deepEqual(await inaccessible(page), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    }
  }

  // Its own line is changed: it stays, and leads nowhere.
  await finding.locator("button.place").click();
  await page.keyboard.press("Home");
  await page.keyboard.insertText("/* changed */ ");
  await until("it has lost its place", async () => /migration\.sql, changed since/.test(await finding.innerText()));
  assert.equal(await finding.getAttribute("aria-busy"), "true");
  assert.equal(await finding.locator("button.place").count(), 0);
  assert.equal(await mark.count(), 0);
  assert.deepEqual(await inaccessible(page), []);

  await replaying(page);
  await release();
  assert.equal((await judged(page)).state, "done");
  assert.equal(await finding.getAttribute("aria-busy"), "false");
  assert.match(await finding.innerText(), /migration\.sql:4:/);
  assert.equal(await mark.count(), 0);
  assert.ok(await remarks.evaluate((element) => element.open));
  assert.equal(await page.evaluate(() => globalThis.absent), 0);
});

withPage("what the last replay found goes with its file, and where no replay follows", async (page) => {
  const finding = page.locator(".finding", { hasText: "fails-on-rows" });
  const judge = async () => {
    await drop(page, "#schema-editor", [["schema.sql", SCHEMA]]);
    await drop(page, "main", [["0001_a.sql", MIGRATION], ["0002_b.sql", RATIO]]);
    await until("SQLite finds it", async () => (await judged(page)).state === "done" && (await finding.count()) === 1);
  };
  await judge();
  await page.getByLabel("Replay on SQLite itself").uncheck();
  await until("it goes with the replay", async () => (await finding.count()) === 0);
  await page.getByLabel("Replay on SQLite itself").check();
  await judge();
  const release = await hold(page);
  // Half of a version makes no sense yet: all findings are back with the rest of it.
  await page.getByLabel("SQLite versions that read the files").fill("3.");
  await page.locator("#trouble").getByText("3.").first().waitFor();
  await page.getByLabel("SQLite versions that read the files").fill("3.34.1..");
  await finding.waitFor();
  assert.equal(await finding.getAttribute("aria-busy"), "true");
  await page.getByRole("tab", { name: /0002_b/ }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await until("it goes with its file", async () => (await finding.count()) === 0);
  await release();
  await page.getByRole("button", { name: "Clear" }).click();
  await judge();
  await hold(page);
  await page.getByRole("button", { name: /Example/ }).click();
  await answer(page, "plan-json", (plan) => plan.status === "ready");
  await replaying(page);
  assert.equal(await page.locator(".finding[aria-busy=true]").count(), 0);
});

test("where SQLite can't be loaded, the page says why, and tries again with the next text", async () => {
  const tab = await open(browser);
  const { page } = tab;
  await page.route(SQLITE, (route) => route.fulfill({ status: 404, body: "not here" }));
  await drop(page, "#schema-editor", [["schema.sql", SCHEMA]]);
  await write(page, "migration-editor", MIGRATION);
  const { state, words } = await judged(page);
  assert.equal(state, "failed");
  assert.match(words, /^Not replayed\. SQLite could not be loaded: the host answered 404 for .*wasm/);
  assert.match(await page.locator("#status").innerText(), /not replayed on SQLite/);
  await page.locator(".finding", { hasText: "add-column-rerun" }).waitFor();
  await page.locator(".step.run").waitFor();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(SCREENSHOTS, `not-replayed-${colorScheme}.png`), fullPage: true });
    assert.deepEqual(await inaccessible(page), []);
  }
  await page.unroute(SQLITE);
  await page.route(SQLITE, (route) => route.fulfill({ status: 200, body: "no module" }));
  await write(page, "migration-editor", `${MIGRATION}-- again\n`);
  await until("it says why", async () => (await judged(page)).words.includes("WebAssembly"));
  await page.unroute(SQLITE);
  await write(page, "migration-editor", MIGRATION);
  await until("it is replayed", async () => (await judged(page)).state === "done");
  await page.close();
});

test("a trap in SQLite costs its replay, and the next text is replayed", async () => {
  const tab = await open(browser);
  const { page } = tab;
  // Nothing makes SQLite trap that we know of, so the page's message to it is spoilt on its way.
  await page.evaluate(() => {
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {
      const spoilt = message.call === "replay" && message.argument.includes("spoil this");
      return send.call(this, spoilt ? { ...message, call: "no such call" } : message);
    };
  });
  await write(page, "schema-editor", SCHEMA);
  await write(page, "migration-editor", RATIO);
  assert.equal((await judged(page)).state, "done");
  await page.locator(".finding", { hasText: "fails-on-rows" }).waitFor();
  await type(page, "Control+End", "-- spoil this\n");
  await until("it says why", async () => (await judged(page)).state === "failed");
  const { words } = await judged(page);
  assert.match(words, /^Not replayed\. SQLite stopped: /);
  assert.equal(await page.locator("#trouble").innerText(), "");
  assert.equal(await page.locator(".finding", { hasText: "fails-on-rows" }).count(), 0);
  await page.locator(".finding", { hasText: "add-column-rerun" }).waitFor();
  await write(page, "migration-editor", MIGRATION);
  await until("it is replayed", async () => (await judged(page)).state === "done");
  assertQuiet(browser, tab);
  await page.close();
});

withPage("a replay that does not end is ended after 20 seconds, and the next text is replayed", async (page) => {
  await page.clock.install();
  await write(page, "migration-editor", ENDLESS);
  await until("SQLite's worker is there", () => page.workers().length === 2);
  const worker = page.workers().find((one) => one.url().includes("replayer"));
  const ended = worker.waitForEvent("close");
  // Only the page's clock is put forward: the worker has worked for a moment, and goes on.
  await page.clock.fastForward(10_000);
  await page.waitForTimeout(1000);
  assert.equal(await page.locator("#replayed").getAttribute("data-state"), "running");
  await page.clock.fastForward(10_000);
  const { state, words } = await judged(page);
  assert.equal(state, "failed");
  assert.equal(words, "Not replayed. SQLite stopped: it took longer than 20 seconds.");
  await ended;
  assert.match(await page.locator("#status").innerText(), /not replayed on SQLite/);
  await write(page, "migration-editor", MIGRATION);
  await until("it is replayed", async () => (await judged(page)).state === "done");
});

test("no text ends the core's worker or SQLite's", async () => {
  const tab = await open(browser);
  const { page } = tab;
  await drop(page, "#schema-editor", [["schema.sql", SMALL]]);
  const native = await hostile();
  assert.ok(native.length > 60, `${native.length} texts`);
  const ended = [];
  for (const [name, text] of [...native, ...AIMED]) {
    await hand(page, text);
    const { state, words } = await judged(page);
    const trouble = await page.locator("#trouble").innerText();
    if (trouble !== "") ended.push(`${name}: ${trouble}`);
    if (state === "failed") ended.push(`${name}: ${words}`);
  }
  assert.deepEqual(ended, []);
  assertQuiet(browser, tab);
  await page.close();
});

/** Hands the page one migration, in place of the last one. */
async function hand(page, text) {
  await page.evaluate((given) => {
    // What the page said of the last text is not what it says of this one.
    document.getElementById("replayed").dataset.state = "handed";
    const transfer = new DataTransfer();
    transfer.items.add(new File([given], "migration.sql"));
    document.querySelector("main").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }, text);
}
