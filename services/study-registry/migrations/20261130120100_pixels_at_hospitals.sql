-- Up Migration

-- A pack may stay at its hospital until somebody opens it (ADR 0038); the object store has its outline then.
ALTER TABLE packs ADD COLUMN at_hospital boolean NOT NULL DEFAULT false;
CREATE INDEX packs_at_hospitals ON packs (hospital, study_uid) INCLUDE (size_bytes) WHERE at_hospital;

-- Packs that somebody waits for. A row goes when its pack is here; one that failed stays until the pack is wanted again.
CREATE TABLE pulls (
  digest text PRIMARY KEY,
  study_uid text NOT NULL,
  hospital text NOT NULL,
  wanted_at timestamptz NOT NULL,
  -- When the hospital's gateway was told last.
  told_at timestamptz,
  failed_at timestamptz,
  failure text CHECK (failure IN ('missing', 'damaged'))
);
CREATE INDEX pulls_to_serve ON pulls (hospital, wanted_at);
