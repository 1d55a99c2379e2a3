// SQLite as a module, in Node: it is the command line's, and it answers alike everywhere and always.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";

import { load } from "./modules.mjs";
import { COMPILE_OPTIONS, need, REMOLD } from "./places.mjs";

let core;
let sqlite;
before(async () => {
  core = await load("remold_wasm");
  sqlite = await load("remold_sqlite_wasm");
});

test("it is the version that the command line has", async () => {
  need(REMOLD, "build it with `cargo build -p remold`, or name another in REMOLD_BIN");
  const folder = await mkdtemp(join(tmpdir(), "remold-sqlite-"));
  try {
    const database = join(folder, "a.db");
    execFileSync("sqlite3", [database, "CREATE TABLE t (a)"]);
    const snapshot = execFileSync(REMOLD, ["snapshot", "--db", database], { encoding: "utf8" });
    assert.equal(sqlite.version(), JSON.parse(snapshot).sqlite);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("it is compiled with the command line's options, but for those that are listed", async () => {
  const lines = (await readFile(COMPILE_OPTIONS, "utf8")).split("\n").filter((line) => /^(both|native|browser) /.test(line));
  const listed = (engine) => lines.filter((line) => /^both /.test(line) || line.startsWith(`${engine} `)).map((line) => line.split(/\s+/)[1]);
  const said = sqlite.compile_options().split("\n").filter((option) => !option.startsWith("COMPILER="));
  assert.deepEqual(said, listed("browser"));
  for (const line of lines.filter((one) => !one.startsWith("both "))) {
    assert.ok(line.split(/\s{2,}/)[1], `say why it may differ: ${line}`);
  }
});

test("it imports nothing but the bindings' own two functions", () => {
  const names = WebAssembly.Module.imports(sqlite.wasm).map(({ name }) => name.replace(/_[0-9a-f]{16}$/, ""));
  assert.deepEqual(names.sort(), ["__wbg___wbindgen_throw", "__wbindgen_init_externref_table"]);
});

/** What the core has SQLite run for a file of these statements. */
function batches(statements, schema = "") {
  return core.lint_batches(JSON.stringify({ files: [{ path: "a.sql", text: `${statements.join(";\n")};\n` }], schema }));
}

/** What SQLite says to each statement of a file, on an empty database; `undefined` where it runs. */
function errors(...statements) {
  const { answers } = JSON.parse(sqlite.run(batches(statements)));
  const said = statements.map(() => "not run");
  for (const { statement, error } of answers[0].observations) said[statement] = error ?? undefined;
  return said;
}

test("the clock stands still, and the local time is UTC", () => {
  const holds = (expression, value) => [
    `CREATE TABLE "${expression}" (a CHECK (a = '${value}'))`,
    `INSERT INTO "${expression}" SELECT ${expression}`,
  ];
  const times = [
    ["datetime('now')", "2026-01-01 00:00:00"],
    ["datetime('now', 'localtime')", "2026-01-01 00:00:00"],
    ["datetime(951782399, 'unixepoch', 'localtime')", "2000-02-28 23:59:59"],
    ["datetime(951782400, 'unixepoch', 'localtime')", "2000-02-29 00:00:00"],
    ["datetime(951868800, 'unixepoch', 'localtime')", "2000-03-01 00:00:00"],
    ["datetime('1972-12-31 23:59:58', 'localtime')", "1972-12-31 23:59:58"],
    ["datetime('2024-02-29 12:34:56', 'localtime')", "2024-02-29 12:34:56"],
  ];
  const statements = times.flatMap(([expression, value]) => holds(expression.replaceAll("\"", ""), value));
  assert.deepEqual(errors(...statements), statements.map(() => undefined));
  assert.match(errors(...holds("datetime('now')", "2026-01-02 00:00:00"))[1], /CHECK constraint failed/);
});

test("random() gives the same numbers to the same batches, whatever ran before", () => {
  // SQLite's words name the number, as far as anything does.
  const number = () => errors("CREATE TABLE t (a)", "INSERT INTO t SELECT json_extract('{}', '$' || random())")[1];
  const first = number();
  assert.match(first, /\d{6}/);
  errors("CREATE TABLE t (a)", "INSERT INTO t VALUES (random())");
  assert.equal(number(), first);
});

test("the same batches are answered with the same bytes", () => {
  const asked = batches(["ALTER TABLE t ADD COLUMN b NOT NULL", "INSERT INTO t (a, b) VALUES (random(), random())"], "CREATE TABLE t (a);");
  const first = sqlite.run(asked);
  assert.equal(JSON.parse(first).engine, sqlite.version());
  assert.equal(sqlite.run(asked), first);
});

test("what is no batch is an error in words", () => {
  assert.match(JSON.parse(sqlite.run("{}")).error.message, /batches/);
});
