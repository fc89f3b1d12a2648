-- Up Migration

-- A hospital's patient as the registry needs it: whose studies these are. Without a link the person is null.
CREATE TABLE patients (
  hospital text NOT NULL,
  issuer text NOT NULL,
  local_id text NOT NULL,
  person_id text,
  link_version int NOT NULL DEFAULT 0,
  PRIMARY KEY (hospital, issuer, local_id)
);

-- A study belongs to the hospital that sent it first. Texts are as received, decoded; absent ones are empty.
CREATE TABLE studies (
  study_uid text PRIMARY KEY,
  hospital text NOT NULL,
  patient_issuer text NOT NULL,
  patient_id text NOT NULL,
  person_id text,
  study_date text NOT NULL,
  study_time text NOT NULL,
  accession_number text NOT NULL,
  study_id text NOT NULL DEFAULT '',
  description text NOT NULL,
  referring_physician text NOT NULL DEFAULT '',
  institution text NOT NULL DEFAULT '',
  -- The PN value with its component groups (PS3.5 section 6.2.1), and each of them in small letters to be found by.
  patient_name text NOT NULL DEFAULT '',
  name_alphabetic text NOT NULL DEFAULT '',
  name_ideographic text NOT NULL DEFAULT '',
  name_phonetic text NOT NULL DEFAULT '',
  patient_birth_date text NOT NULL DEFAULT '',
  patient_sex text NOT NULL DEFAULT '',
  modalities text[] NOT NULL,
  body_parts text[] NOT NULL,
  series_count int NOT NULL DEFAULT 0,
  instance_count int NOT NULL DEFAULT 0,
  -- What the hospital's gateway has acknowledged, once it has said so, and the signal that ended its waiting.
  received_count int,
  received_reason text,
  state text NOT NULL CHECK (state IN ('arriving', 'complete')),
  -- Counts the events that were emitted about the study.
  version int NOT NULL DEFAULT 0,
  arrived_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
) WITH (fillfactor = 80);
-- One order for every list: newest first, the UID where date and time are equal.
CREATE INDEX studies_by_date ON studies (study_date DESC, study_time DESC, study_uid);
CREATE INDEX studies_of_person ON studies (person_id, study_date DESC, study_time DESC, study_uid);
CREATE INDEX studies_treating ON studies (person_id, hospital);
CREATE INDEX studies_of_patient ON studies (hospital, patient_issuer, patient_id);
CREATE INDEX studies_by_patient_id ON studies (patient_id text_pattern_ops);
CREATE INDEX studies_by_accession ON studies (accession_number text_pattern_ops) WHERE accession_number <> '';
CREATE INDEX studies_by_alphabetic ON studies (name_alphabetic text_pattern_ops) WHERE name_alphabetic <> '';
CREATE INDEX studies_by_ideographic ON studies (name_ideographic text_pattern_ops) WHERE name_ideographic <> '';
CREATE INDEX studies_by_phonetic ON studies (name_phonetic text_pattern_ops) WHERE name_phonetic <> '';

CREATE TABLE series (
  study_uid text NOT NULL REFERENCES studies,
  series_uid text NOT NULL,
  modality text NOT NULL,
  series_number text NOT NULL,
  description text NOT NULL,
  body_part text NOT NULL,
  series_date text NOT NULL,
  series_time text NOT NULL,
  instance_count int NOT NULL,
  PRIMARY KEY (study_uid, series_uid)
);

-- A pack of the object store, with the places in its manifest of the instances that are not registered by it.
CREATE TABLE packs (
  sequence bigint GENERATED ALWAYS AS IDENTITY,
  digest text PRIMARY KEY,
  study_uid text NOT NULL REFERENCES studies,
  series_uid text NOT NULL,
  hospital text NOT NULL,
  size_bytes bigint NOT NULL,
  stored int NOT NULL,
  duplicates int NOT NULL,
  quarantined int NOT NULL,
  left_out int[] NOT NULL,
  committed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX packs_of_study ON packs (study_uid, series_uid, sequence);

-- What was kept and is not shown until a steward has looked at it. Its bytes stand in the pack.
CREATE TABLE quarantined_instances (
  digest text NOT NULL REFERENCES packs,
  place int NOT NULL,
  sop_instance_uid text NOT NULL,
  series_uid text NOT NULL,
  study_uid text NOT NULL,
  hospital text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('STUDY_OF_ANOTHER_HOSPITAL', 'SAME_UID_OTHER_BYTES')),
  data_set_sha256 text NOT NULL,
  quarantined_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (digest, place)
);
CREATE INDEX quarantined_of_study ON quarantined_instances (study_uid);

-- What a gateway says it has acknowledged of a study; it may come before the registry knows the study.
CREATE TABLE receipts (
  study_uid text NOT NULL,
  hospital text NOT NULL,
  instances int NOT NULL,
  reason text NOT NULL,
  quiet_since timestamptz NOT NULL,
  PRIMARY KEY (study_uid, hospital)
);
