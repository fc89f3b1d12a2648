-- Up Migration

-- What is registered of the study, instance by instance in one value (libs/dicom, set-digest.ts), as it was read from the packs' bytes.
-- Null: registered before there was a digest, and not computed yet.
ALTER TABLE studies ADD COLUMN contents_digest text;
ALTER TABLE studies ALTER COLUMN contents_digest SET DEFAULT '0000000000000000000000000000000000000000000000000000000000000000';
