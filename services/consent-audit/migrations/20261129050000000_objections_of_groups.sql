-- Up Migration

-- The others who were one with the person (ADR 0026) when an objection was recorded.
CREATE TABLE objection_groups (
  person_id text NOT NULL,
  consent_id uuid NOT NULL REFERENCES objections,
  PRIMARY KEY (person_id, consent_id)
);
CREATE INDEX objection_groups_of ON objection_groups (consent_id);

-- Of one of those others, since they are one no more: an objection of its own, taken back by itself.
ALTER TABLE objections ADD COLUMN copy_of uuid REFERENCES objections;
CREATE UNIQUE INDEX objections_copied ON objections (copy_of, person_id) WHERE copy_of IS NOT NULL;
