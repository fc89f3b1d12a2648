-- Up Migration

-- Outlines of packs that are at their hospitals, and documents of reports, are verified and copied as packs are (ADR 0029).
ALTER TABLE damaged_objects DROP CONSTRAINT damaged_objects_object_check;
ALTER TABLE damaged_objects ADD CONSTRAINT damaged_objects_object_check CHECK (object IN ('pack', 'commit', 'outline', 'document'));
CREATE INDEX documents_by_digest ON documents (digest);
-- All parts are read again, and so come to the replica.
UPDATE scrub_parts SET verified_since = NULL, verified_at = NULL, reading_since = NULL, read_through = ''
WHERE EXISTS (SELECT 1 FROM documents) OR EXISTS (SELECT 1 FROM packs WHERE at_hospital);
