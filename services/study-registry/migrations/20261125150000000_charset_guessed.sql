-- Up Migration

-- Some text of the study was read in another character set than its file declares (ADR 0017).
ALTER TABLE studies ADD COLUMN charset_guessed boolean NOT NULL DEFAULT false;
