-- Up Migration

-- Who stands for a person outside (ADR 0026): itself, unless merges that stand say otherwise.
ALTER TABLE persons ADD COLUMN survivor_id text REFERENCES persons;
ALTER TABLE persons ADD COLUMN survivor_version int NOT NULL DEFAULT 0;
UPDATE persons SET survivor_id = person_id;
ALTER TABLE persons ALTER COLUMN survivor_id SET NOT NULL;
CREATE INDEX persons_stood_for ON persons (survivor_id) WHERE survivor_id <> person_id;

-- A patient is filed under one person, its home: the one of its first link, or of the last move that stands.
ALTER TABLE patients RENAME COLUMN person_id TO home_id;
ALTER TABLE patients RENAME COLUMN rule TO reason;
UPDATE patients SET reason = 'STRONG_ID' WHERE reason = 'RESIDENT_ID';
ALTER INDEX patients_of_person RENAME TO patients_of_home;
CREATE SEQUENCE patient_nos AS bigint;
ALTER TABLE patients
  ADD COLUMN patient_no bigint NOT NULL UNIQUE DEFAULT nextval('patient_nos'),
  -- Null while no move ever took the patient elsewhere.
  ADD COLUMN first_home_id text REFERENCES persons,
  -- A move that stands took it to its home: somebody confirmed that it and its numbers belong there.
  ADD COLUMN confirmed boolean NOT NULL DEFAULT false,
  -- Of the newest description: one that comes again costs nothing.
  ADD COLUMN observation_hash bigint NOT NULL DEFAULT 0;

-- What was decided about persons beyond first links: by a rule, a hospital or a steward. Rows are withdrawn, never changed.
CREATE TABLE decisions (
  decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('merge', 'move', 'split', 'keep-apart')),
  reason text NOT NULL CHECK (reason IN ('STRONG_ID', 'HOSPITAL', 'STEWARD')),
  made_by text NOT NULL,
  made_by_name text NOT NULL,
  made_at timestamptz NOT NULL,
  note text NOT NULL,
  withdrawn_by text,
  withdrawn_by_name text,
  withdrawn_at timestamptz,
  withdrawn_note text
);
CREATE TABLE merges (
  decision_id bigint NOT NULL REFERENCES decisions,
  from_id text NOT NULL REFERENCES persons,
  into_id text NOT NULL REFERENCES persons,
  PRIMARY KEY (decision_id, from_id),
  CHECK (from_id <> into_id)
);
CREATE INDEX merges_from ON merges (from_id, decision_id);
CREATE INDEX merges_into ON merges (into_id, decision_id);
CREATE TABLE moves (
  decision_id bigint NOT NULL REFERENCES decisions,
  patient_no bigint NOT NULL REFERENCES patients (patient_no),
  -- For the history only: what is undone is worked out from what stands.
  from_id text NOT NULL REFERENCES persons,
  to_id text NOT NULL REFERENCES persons,
  PRIMARY KEY (patient_no, decision_id)
);
CREATE INDEX moves_of ON moves (decision_id);
CREATE INDEX moves_from ON moves (from_id, decision_id);
CREATE INDEX moves_to ON moves (to_id, decision_id);
-- Not the same: in the order of their ids.
CREATE TABLE separations (
  decision_id bigint NOT NULL REFERENCES decisions,
  one_id text NOT NULL REFERENCES persons,
  other_id text NOT NULL REFERENCES persons,
  PRIMARY KEY (one_id, other_id, decision_id),
  CHECK (one_id < other_id)
);
CREATE INDEX separations_other ON separations (other_id, decision_id);
CREATE INDEX separations_of ON separations (decision_id);

-- Every number that a patient is known by. `claims`: one that only one person has, stated without contradiction; whoever states it
-- later is the same person. No foreign key: checking one per number would cost an ingest more than writing it.
CREATE TABLE patient_numbers (
  number text NOT NULL,
  patient_no bigint NOT NULL,
  claims boolean NOT NULL,
  PRIMARY KEY (number, patient_no)
);
INSERT INTO patient_numbers (number, patient_no, claims)
SELECT 'RESIDENT_ID ' || stated.number, p.patient_no, coalesce(bool_or(h.resident_id = stated.number), false)
FROM patients p JOIN persons h ON h.person_id = p.home_id
JOIN observations o USING (hospital, issuer, local_id), unnest(o.resident_ids) AS stated (number)
GROUP BY 1, 2;
ALTER TABLE persons DROP COLUMN resident_id;

-- One question to a steward: this patient, another person, one number.
ALTER TABLE conflicts RENAME COLUMN resident_id TO number;
UPDATE conflicts SET number = 'RESIDENT_ID ' || number;
ALTER TABLE conflicts DROP CONSTRAINT conflicts_hospital_issuer_local_id_resident_id_key;
ALTER TABLE conflicts ADD UNIQUE NULLS NOT DISTINCT (hospital, issuer, local_id, number, other_person_id);
ALTER TABLE conflicts ADD COLUMN decision_id bigint REFERENCES decisions;
CREATE INDEX conflicts_by_decision ON conflicts (decision_id);
ALTER TABLE decisions ADD COLUMN from_conflict bigint;
INSERT INTO decisions (kind, reason, made_by, made_by_name, made_at, note, from_conflict)
SELECT 'keep-apart', 'STEWARD', decided_by, decided_by_name, decided_at, note, conflict_id
FROM conflicts c JOIN patients p USING (hospital, issuer, local_id)
WHERE decision = 'keep-apart' AND other_person_id IS NOT NULL AND other_person_id <> p.home_id
ORDER BY decided_at;
INSERT INTO separations (decision_id, one_id, other_id)
SELECT d.decision_id, least(p.home_id, c.other_person_id), greatest(p.home_id, c.other_person_id)
FROM decisions d JOIN conflicts c ON c.conflict_id = d.from_conflict JOIN patients p USING (hospital, issuer, local_id);
UPDATE conflicts SET decision_id = d.decision_id FROM decisions d WHERE d.from_conflict = conflict_id;
ALTER TABLE decisions DROP COLUMN from_conflict;

-- Strong numbers of all kinds, and what patient.observed.v3 says beyond its predecessors.
ALTER TABLE observations RENAME COLUMN resident_ids TO numbers;
UPDATE observations SET numbers = ARRAY(SELECT 'RESIDENT_ID ' || number FROM unnest(numbers) AS stated (number)) WHERE numbers <> '{}';
ALTER TABLE observations ADD COLUMN contact jsonb;
