-- What was sent of a study and what the registry has of it, instance by instance in one value (libs/dicom, set-digest.ts). Null: not known.
ALTER TABLE studies ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE studies ADD COLUMN sent_digest TEXT;
-- What the registry had when it was last held against this instance by instance, and how many it had otherwise than they were sent.
ALTER TABLE studies ADD COLUMN held_digest TEXT;
ALTER TABLE studies ADD COLUMN differing INTEGER NOT NULL DEFAULT 0;
-- JSON: SOP Instance UIDs, some of them when they are many.
ALTER TABLE studies ADD COLUMN differing_instances TEXT NOT NULL DEFAULT '[]';
