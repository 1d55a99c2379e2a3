// One core and one SQLite, three ways to them: the command line, the modules in Node and the page return
// the same bytes, with a replay and without one.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { answer, assertQuiet, drop, judged, open, raw, start } from "./browser.mjs";
import { FAMILY, SAME } from "./cases.mjs";
import { load } from "./modules.mjs";
import { need, REMOLD, RULES } from "./places.mjs";

let browser;
let core;
let sqlite;
before(async () => {
  need(REMOLD, "build it with `cargo build -p remold`, or name another in REMOLD_BIN");
  browser = await start();
  core = await load("remold_wasm");
  sqlite = await load("remold_sqlite_wasm");
});
after(async () => browser?.stop());

for (const one of SAME) {
  test(`the same bytes: ${one.name}`, async () => {
    const told = await commandLine(one);
    const request = JSON.stringify({
      root: "migrations",
      files: one.files.map(([path, text]) => ({ path, text })),
      schema: one.schema,
      ...one.fields,
    });
    assert.equal(core.lint(request), told.unreplayed, "lint without a replay: the core in Node");
    assert.equal(core.lint_replayed(request, sqlite.run(core.lint_batches(request))), told.lint, "lint: the modules in Node");
    assert.equal(core.plan(request), told.plan, "plan: the core in Node");
    const shown = await inPage(one);
    assert.equal(shown.lint, told.lint, "lint: the page");
    assert.equal(shown.unreplayed, told.unreplayed, "lint without a replay: the page");
    assert.equal(shown.plan, told.plan, "plan: the page");
  });
}

test("the same bytes: every text that the rules are tested with, with foreign keys on", async () => {
  const names = (await readdir(RULES)).filter((name) => name.endsWith(".sql"));
  assert.ok(names.length > 10, `${names.length} texts`);
  for (const name of names) {
    const text = await readFile(join(RULES, name), "utf8");
    const told = await commandLine({ files: [[name, text]], schema: FAMILY, flags: ["--foreign-keys", "on"] });
    const today = new Date().toISOString().slice(0, 10);
    const request = JSON.stringify({ root: "migrations", files: [{ path: name, text }], schema: FAMILY, foreign_keys: "on", today });
    assert.equal(core.lint_replayed(request, sqlite.run(core.lint_batches(request))), told.lint, name);
  }
});

/** What the command line prints for a case, from real files in a folder of its own. */
async function commandLine({ files, schema, flags = [], planFlags = [] }) {
  const folder = await mkdtemp(join(tmpdir(), "remold-same-"));
  try {
    await mkdir(join(folder, "migrations"));
    for (const [path, text] of files) await writeFile(join(folder, "migrations", path), text);
    await writeFile(join(folder, "schema.sql"), schema);
    const given = ["--schema", "schema.sql", "--format", "json", ...flags, "migrations"];
    return {
      lint: await remold(folder, ["lint", ...given]),
      unreplayed: await remold(folder, ["lint", "--no-replay", ...given]),
      plan: await remold(folder, ["plan", ...planFlags, ...given]),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Findings (exit code 1) and a refused plan (3) are results, too; anything else has failed. */
async function remold(folder, args) {
  return new Promise((resolve, reject) => {
    execFile(REMOLD, args, { cwd: folder }, (error, out, said) => {
      if (error && ![1, 3].includes(error.code)) reject(new Error(`remold ${args.join(" ")}: ${said || error}`));
      else resolve(out);
    });
  });
}

/** What the page holds for a case, given as a reviewer gives it. */
async function inPage({ files, schema, fields = {} }) {
  const tab = await open(browser);
  const { page } = tab;
  const { allow = [], foreign_keys: keys = "off", ...typed } = fields;
  for (const [id, value] of Object.entries(typed)) await page.locator(`#${id}`).fill(value);
  await page.getByLabel("Foreign keys").selectOption(keys);
  await drop(page, "#schema-editor", [["schema.sql", schema]]);
  await drop(page, "main", files);
  for (const hazard of allow) await page.getByRole("checkbox", { name: hazard }).check();
  const whole = (json) => json.files.length === files.length && (json.options?.allow ?? allow).length === allow.length;
  const plan = await answer(page, "plan-json", whole);
  assert.equal((await judged(page)).state, "done");
  const lint = await answer(page, "lint-json", whole);
  await page.getByLabel("Replay on SQLite itself").uncheck();
  assert.equal((await judged(page)).state, "off");
  const unreplayed = await raw(page, "lint-json");
  assertQuiet(browser, tab);
  await page.close();
  return { lint, unreplayed, plan };
}
