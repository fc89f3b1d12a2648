-- Up Migration

-- The version of its study from which on a pack registers something; null where it registers nothing, or was registered before this was
-- kept.
ALTER TABLE packs ADD COLUMN study_version int;

-- What a pack left out before a steward exchanged versions: in every version of the study before `until_version`.
CREATE TABLE left_out_before (
  study_uid text NOT NULL,
  digest text NOT NULL,
  until_version int NOT NULL,
  left_out int[] NOT NULL,
  PRIMARY KEY (study_uid, digest, until_version),
  FOREIGN KEY (study_uid, digest) REFERENCES packs (study_uid, digest)
);

-- Versions of a study are listed.
CREATE INDEX study_changes_of_study ON study_changes (study_uid, version);
