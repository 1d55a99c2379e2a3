ALTER TABLE assets ADD COLUMN blob_data BLOB;
