// Texts that nobody means well with: those of the native tests, which a program of theirs prints, and some
// that are aimed at SQLite itself.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

import { need, TEXTS } from "./places.mjs";

const run = promisify(execFile);

/** The native texts, each with its name. */
export async function hostile() {
  need(TEXTS, "cargo test --workspace builds it");
  const { stdout } = await run(TEXTS, { maxBuffer: 2 ** 30 });
  return JSON.parse(stdout);
}

const numbered = (count, statement) => Array.from({ length: count }, (_, at) => statement(at)).join("");

/** Aimed at SQLite: what it reads is short and what it does is not. */
export const AIMED = [
  ["views of views",
    "CREATE VIEW v0 AS SELECT * FROM users;" +
    numbered(500, (at) => `CREATE VIEW v${at + 1} AS SELECT DISTINCT * FROM v${at};`) +
    "CREATE TABLE copy AS SELECT * FROM v500;"],
  ["a loop without an end",
    "CREATE TABLE n (x); INSERT INTO n WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c;"],
  ["a trigger that calls itself",
    "PRAGMA recursive_triggers = ON; CREATE TABLE n (x);" +
    "CREATE TRIGGER again AFTER INSERT ON n BEGIN INSERT INTO n VALUES (new.x + 1); END; INSERT INTO n VALUES (1);"],
  ["a blob of a gigabyte", "CREATE TABLE n (x); INSERT INTO n VALUES (zeroblob(1000000000));"],
  ["wildcards",
    `CREATE TABLE n (x); INSERT INTO n SELECT '${"a".repeat(40_000)}' LIKE '${"%a".repeat(24_000)}';`],
  ["blobs without an end",
    "CREATE TABLE n (x); INSERT INTO n WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) " +
    "SELECT 1 FROM c WHERE length(hex(zeroblob(8000 + x % 2))) < 1;"],
  ["as many wildcards as a replay allows",
    `CREATE TABLE n (x); INSERT INTO n SELECT '${"a".repeat(40_000)}' GLOB '${"*a".repeat(2_500)}';`],
];

/** Statements that end before their instructions are counted, each of which searches as long as it may. */
export const ENDLESS = numbered(500, () =>
  `SELECT ${Array(25).fill("instr(zeroblob(16000), zeroblob(8000) || x'01')").join(" + ")};`);
