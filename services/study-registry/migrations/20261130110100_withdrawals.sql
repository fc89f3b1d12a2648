-- Up Migration

-- What was made in error is withdrawn: laid over what is registered, which stays as it is, so that taking it back restores exactly that
-- (ADR 0032). A hold keeps a study from being disposed of.
ALTER TABLE studies
  ADD COLUMN is_withdrawn boolean NOT NULL DEFAULT false,
  ADD COLUMN is_held boolean NOT NULL DEFAULT false,
  -- Of a study that is not withdrawn itself: what is not shown of it.
  ADD COLUMN withdrawn_series int NOT NULL DEFAULT 0,
  ADD COLUMN withdrawn_instances int NOT NULL DEFAULT 0,
  -- That only such series have.
  ADD COLUMN withdrawn_modalities text[] NOT NULL DEFAULT '{}';
ALTER TABLE series
  ADD COLUMN is_withdrawn boolean NOT NULL DEFAULT false,
  ADD COLUMN withdrawn_instances int NOT NULL DEFAULT 0;
CREATE INDEX series_withdrawn ON series (study_uid, series_uid) WHERE is_withdrawn;

-- Single instances that are withdrawn, by their UID: whichever version of one is registered.
CREATE TABLE withdrawn_instances (
  study_uid text NOT NULL REFERENCES studies,
  series_uid text NOT NULL,
  sop_instance_uid text NOT NULL,
  PRIMARY KEY (study_uid, series_uid, sop_instance_uid)
);

-- Every decision about what is shown and what is held, in order; none is changed or taken away.
CREATE TABLE study_decisions (
  study_uid text NOT NULL REFERENCES studies,
  number int NOT NULL,
  hospital text NOT NULL,
  decision text NOT NULL CHECK (decision IN ('withdraw', 'restore', 'hold', 'release')),
  -- Null: the whole study; the whole series.
  series_uid text,
  sop_instance_uid text,
  -- Of a withdrawal: a code of DCM (PS3.16, CID 7011); else empty.
  reason text NOT NULL DEFAULT '',
  note text NOT NULL,
  decided_by text NOT NULL,
  decided_by_name text NOT NULL,
  decided_at timestamptz NOT NULL,
  -- What was registered by then, and what the gateway had said it acknowledged.
  instances int NOT NULL,
  received int,
  PRIMARY KEY (study_uid, number)
);
CREATE INDEX study_decisions_newest ON study_decisions (decided_at DESC, study_uid, number);
CREATE INDEX study_decisions_of_hospital ON study_decisions (hospital, decided_at DESC, study_uid, number);

-- What everybody is shown: whatever answers about studies and series reads these, and only what receives, compares or decides reads the
-- tables. A column that readers need is added at the end (CREATE OR REPLACE VIEW).
CREATE VIEW shown_studies AS
SELECT study_uid, hospital, patient_issuer, patient_id, person_id, study_date, study_time, accession_number, study_id, description,
  referring_physician, institution, patient_name, name_alphabetic, name_ideographic, name_phonetic, patient_birth_date, patient_sex,
  CASE WHEN withdrawn_modalities = '{}' THEN modalities
    ELSE ARRAY(SELECT modality FROM unnest(modalities) AS modality WHERE modality <> ALL (withdrawn_modalities)) END AS modalities,
  body_parts, series_count - withdrawn_series AS series_count, instance_count - withdrawn_instances AS instance_count,
  received_count, received_reason, state, version, arrived_at, updated_at, charset_guessed, contents_digest, timezone_offset,
  is_withdrawn, is_held, withdrawn_instances
FROM studies WHERE NOT is_withdrawn;

CREATE VIEW shown_series AS
SELECT study_uid, series_uid, modality, series_number, description, body_part, series_date, series_time,
  instance_count - withdrawn_instances AS instance_count, told
FROM series WHERE NOT is_withdrawn AND (withdrawn_instances = 0 OR withdrawn_instances < instance_count);

ALTER TABLE untold_changes
  DROP CONSTRAINT untold_changes_kind_check,
  ADD CONSTRAINT untold_changes_kind_check CHECK (kind IN ('registered', 'updated', 'completed', 'withdrawn', 'restored'));
