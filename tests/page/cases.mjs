// The texts that the tests give to the page and to the command line alike.

/** What a migration adds to the example's table. */
export const MIGRATION = "ALTER TABLE assets ADD COLUMN blob_data BLOB;\n";

export const SCHEMA = `CREATE TABLE assets (
  id TEXT PRIMARY KEY,
  user_id INTEGER,
  client_id TEXT NOT NULL,
  campaign_id TEXT,
  name TEXT NOT NULL,
  asset_type TEXT NOT NULL,
  url TEXT NOT NULL,
  size INTEGER,
  uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  format TEXT NOT NULL,
  tags TEXT,
  width INTEGER,
  height INTEGER,
  duration INTEGER,
  thumbnail_url TEXT,
  waveform_url TEXT,
  page_count INTEGER
);
`;

export const FAMILY = `CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE);
`;

/** The rebuild that everybody knows, without the pragma in front of it. */
export const REBUILD = `CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
INSERT INTO parents_new SELECT id, coalesce(name, '') FROM parents;
DROP TABLE parents;
ALTER TABLE parents_new RENAME TO parents;
`;

/** What the engine lacks, what no row fits into, and what it makes of dates, numbers and text. */
const ODD = `CREATE TABLE odd (
  id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE somebodys NOT NULL, b REAL CHECK (b BETWEEN 1e-7 AND 2.5e300),
  made TEXT DEFAULT (datetime('now', 'localtime')), c AS (upper(a) || '🦀') STORED, UNIQUE (a, b)
);
CREATE TABLE never (a CHECK (a <> a) NOT NULL);
CREATE VIEW seen AS SELECT somebodys_function(a) AS x, b FROM odd;
CREATE VIRTUAL TABLE words USING fts5(text);
CREATE VIRTUAL TABLE old USING fts4(text);
CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1);
CREATE TRIGGER after_odd AFTER DELETE ON odd BEGIN INSERT INTO words VALUES (OLD.a); END;
`;

const WITH_BLOB = SCHEMA.replace("page_count INTEGER\n", "page_count INTEGER,\n  blob_data BLOB\n");

/** What `remold snapshot` prints of a database with rows, in short. */
const SNAPSHOT = JSON.stringify({
  format: "remold-snapshot",
  version: 1,
  sqlite: "3.45.1",
  pragmas: { journal_mode: "wal" },
  objects: [{ type: "table", name: "assets", tbl_name: "assets", sql: WITH_BLOB.trimEnd().slice(0, -1) }],
  rows: { assets: 100000 },
});

/**
 * Cases for the comparison, byte by byte; `flags` and `planFlags` are the command
 * line's words for `fields`, which are the request's.
 */
export const SAME = [
  { name: "the runbook's case", files: [["add_blob_data_column.sql", MIGRATION]], schema: SCHEMA },
  {
    name: "several files, given out of order",
    files: [["0002_b.sql", "CREATE INDEX assets_by_tag ON assets (tags);\n"], ["0001_a.sql", MIGRATION]],
    schema: SCHEMA,
  },
  {
    name: "names beyond ASCII, and line ends of Windows",
    files: [["0001_größe.sql", "-- 🦀 größer\r\nALTER TABLE assets ADD COLUMN \"größe 🦀\" TEXT;\r\nDROP TABLE nicht_da;\r\n"]],
    schema: SCHEMA,
  },
  { name: "text that is no SQL", files: [["0001_x.sql", "ALTER TABEL assets;\nSELECT 'open\n"]], schema: SCHEMA },
  {
    name: "what is already there",
    files: [["add_blob_data_column.sql", MIGRATION]],
    schema: WITH_BLOB,
  },
  {
    name: "an old engine",
    files: [["0001_drop.sql", "ALTER TABLE assets DROP COLUMN blob_data;\n"]],
    schema: WITH_BLOB,
    fields: { sqlite: "3.34.1..", engine: "3.34.1" },
    flags: ["--sqlite", "3.34.1..", "--engine", "3.34.1"],
  },
  {
    name: "a snapshot, a hazard that is allowed, and foreign keys",
    files: [["0001_drop.sql", "ALTER TABLE assets DROP COLUMN blob_data;\n"]],
    schema: SNAPSHOT,
    fields: { foreign_keys: "on", allow: ["drop-column:assets.blob_data"] },
    flags: ["--foreign-keys", "on"],
    planFlags: ["--allow", "drop-column:assets.blob_data"],
  },
  {
    name: "a rebuild that empties the children",
    files: [["0001_rebuild.sql", REBUILD]],
    schema: FAMILY,
    fields: { foreign_keys: "on" },
    flags: ["--foreign-keys", "on"],
  },
  {
    name: "columns that fail on rows",
    files: [
      ["0001_check.sql", "ALTER TABLE assets ADD COLUMN ratio REAL DEFAULT 0 CHECK (ratio > 0);\n"],
      ["0002_not_null.sql", "ALTER TABLE assets ADD COLUMN owner TEXT NOT NULL;\n"],
      ["0003_unique.sql", "CREATE UNIQUE INDEX one ON assets (name, pow(size, 2));\nINSERT INTO assets (id) VALUES (random());\n"],
    ],
    schema: SCHEMA,
  },
  {
    name: "what the engine lacks, and what no row fits into",
    files: [
      ["0001_odd.sql", "ALTER TABLE odd RENAME COLUMN a TO aa;\nALTER TABLE odd DROP COLUMN b;\nDELETE FROM odd;\nDROP TABLE never;\n"],
      ["0002_odd.sql", "ALTER TABLE odd RENAME TO even;\nUPDATE even SET aa = load_extension('x');\nSELECT sqlite_version();\nVACUUM;\n"],
      ["0003_odd.sql", "INSERT INTO words VALUES ('a'), (printf('%.17g', 0.1 + 0.2)), (hex(randomblob(4)));\nDROP TABLE old;\nREINDEX;\nANALYZE;\n"],
    ],
    schema: ODD,
  },
];
