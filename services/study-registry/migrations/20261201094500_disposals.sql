-- Up Migration

-- Studies that retention keeps no more and that two stewards give up, the hospital's and the commission's (ADR 0043). What was destroyed
-- stays here by its digests, without the patient.
CREATE TABLE disposals (
  disposal_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  study_uid text NOT NULL,
  hospital text NOT NULL,
  state text NOT NULL DEFAULT 'confirmed' CHECK (state IN ('confirmed', 'registered', 'destroying', 'destroyed', 'stopped')),
  note text NOT NULL,
  confirmed_by text NOT NULL,
  confirmed_by_name text NOT NULL,
  confirmed_at timestamptz NOT NULL,
  registered_by text,
  registered_by_name text,
  registered_at timestamptz,
  -- Why nothing came of it.
  stopped_for text CHECK (stopped_for IN ('TAKEN_BACK', 'NOT_WITHDRAWN', 'ON_HOLD', 'RETAINED', 'IN_QUARANTINE', 'STUDY_GONE')),
  -- What it consisted of, and by which rules it was kept no more.
  destroyed jsonb,
  ended_at timestamptz
);
CREATE UNIQUE INDEX disposals_under_way ON disposals (study_uid) WHERE state IN ('confirmed', 'registered', 'destroying');
CREATE INDEX disposals_of_study ON disposals (study_uid);
CREATE INDEX disposals_of_hospital ON disposals (hospital, disposal_id);
CREATE INDEX disposals_of_state ON disposals (state, registered_at);

-- Digests whose rows are gone and whose objects are not yet.
CREATE TABLE objects_to_destroy (
  study_uid text NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (study_uid, digest)
);
