// One core, three ways to it: the command line, the module in Node and the page return the same bytes.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { answer, assertQuiet, drop, open, start } from "./browser.mjs";
import { SAME } from "./cases.mjs";
import { BINDINGS, need, REMOLD } from "./places.mjs";

let browser;
let module;
before(async () => {
  need(REMOLD, "build it with `cargo build -p remold`, or name another in REMOLD_BIN");
  need(join(BINDINGS, "remold_wasm.js"), "build the module with `cargo wasm`");
  browser = await start();
  module = await import(pathToFileURL(join(BINDINGS, "remold_wasm.js")));
  module.initSync({ module: await readFile(join(BINDINGS, "remold_wasm_bg.wasm")) });
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
    assert.equal(module.lint(request), told.lint, "lint: the module in Node");
    assert.equal(module.plan(request), told.plan, "plan: the module in Node");
    const shown = await inPage(one);
    assert.equal(shown.lint, told.lint, "lint: the page");
    assert.equal(shown.plan, told.plan, "plan: the page");
  });
}

/** What the command line prints for a case, from real files in a folder of its own. */
async function commandLine({ files, schema, flags = [], planFlags = [] }) {
  const folder = await mkdtemp(join(tmpdir(), "remold-same-"));
  try {
    await mkdir(join(folder, "migrations"));
    for (const [path, text] of files) await writeFile(join(folder, "migrations", path), text);
    await writeFile(join(folder, "schema.sql"), schema);
    const lint = await remold(folder, ["lint", "--schema", "schema.sql", "--format", "json", ...flags, "migrations"]);
    const plan = await remold(folder, ["plan", "--schema", "schema.sql", "--format", "json", ...flags, ...planFlags, "migrations"]);
    return { lint, plan };
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
  const [lint, plan] = [await answer(page, "lint-json", whole), await answer(page, "plan-json", whole)];
  assertQuiet(browser, tab);
  await page.close();
  return { lint, plan };
}
