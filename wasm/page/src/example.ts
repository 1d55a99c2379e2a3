// The case that remold was first built for: a column that production's table lacks.

export const MIGRATION = {
  path: "add_blob_data_column.sql",
  text: "ALTER TABLE assets ADD COLUMN blob_data BLOB;\n",
};

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
