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
    planFlags: ["--foreign-keys", "on", "--allow", "drop-column:assets.blob_data"],
  },
];
