-- The database before the migration: `assets` as production has it, with 17 columns and 100,000
-- rows, and a table that refers to it.
CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
);

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
    page_count INTEGER
);

CREATE INDEX assets_by_client ON assets (client_id, uploaded_at);

CREATE TABLE thumbnails (
    asset_id TEXT NOT NULL REFERENCES assets(id) ON DELETE CASCADE,
    path TEXT NOT NULL
);

INSERT INTO clients VALUES ('client-1', 'First'), ('client-2', 'Second');

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
INSERT INTO assets (id, user_id, client_id, name, asset_type, url, size, uploaded_at, format, tags)
SELECT printf('asset-%06d', i), i % 97, 'client-' || (1 + i % 2), 'Asset ' || i, 'image',
       'https://example.com/' || i || '.png', i * 37 % 100000, '2026-01-01 00:00:00', 'png', '["test"]'
FROM n;

INSERT INTO thumbnails SELECT id, '/thumbnails/' || id || '.webp' FROM assets WHERE user_id < 10;
