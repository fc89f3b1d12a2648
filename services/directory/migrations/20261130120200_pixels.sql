-- Up Migration

-- Where a hospital's pixels are: with the province, or at home until somebody opens them (ADR 0038).
ALTER TABLE hospitals ADD COLUMN pixels text NOT NULL DEFAULT 'upload' CHECK (pixels IN ('upload', 'on-demand'));
