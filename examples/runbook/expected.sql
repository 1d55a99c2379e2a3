-- The 18 columns that `assets` must have after the migration.
CREATE TABLE assets (
    id TEXT PRIMARY KEY,
    user_id INTEGER,
    client_id TEXT NOT NULL REFERENCES clients(id) ON DELETE CASCADE,
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
    page_count INTEGER,
    blob_data BLOB
);
