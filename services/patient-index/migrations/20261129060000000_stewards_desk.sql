-- Up Migration

-- How soon a conflict may do harm, weighed when it is opened (domain/conflict-risk.ts): stewards see the highest first.
ALTER TABLE conflicts ADD COLUMN risk smallint;
UPDATE conflicts SET risk = CASE kind
  WHEN 'SHARED_ID' THEN 60 WHEN 'MANY_NAMES' THEN 50 WHEN 'LATE_ID' THEN 40 WHEN 'ID_CHANGED' THEN 30 WHEN 'HOSPITAL_MERGE' THEN 25 ELSE 20 END;
ALTER TABLE conflicts ALTER COLUMN risk SET NOT NULL;
-- A hospital was asked and has not answered yet.
ALTER TABLE conflicts ADD COLUMN waiting boolean NOT NULL DEFAULT false;

DROP INDEX conflicts_open;
DROP INDEX conflicts_decided;
CREATE INDEX conflicts_to_decide ON conflicts (waiting, risk DESC, conflict_id) WHERE decision IS NULL;
CREATE INDEX conflicts_to_decide_of_hospital ON conflicts (waiting, hospital, risk DESC, conflict_id) WHERE decision IS NULL;
CREATE INDEX conflicts_to_decide_of_kind ON conflicts (waiting, kind, risk DESC, conflict_id) WHERE decision IS NULL;
CREATE INDEX conflicts_decided ON conflicts (decided_at DESC, conflict_id DESC) WHERE decision IS NOT NULL;
CREATE INDEX decisions_of_stewards ON decisions (made_at) WHERE reason = 'STEWARD';
CREATE INDEX decisions_withdrawn ON decisions (withdrawn_at) WHERE withdrawn_at IS NOT NULL;

-- What a steward asked a hospital, about which of its patients, and what it answered.
CREATE TABLE questions (
  question_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  conflict_id bigint NOT NULL REFERENCES conflicts,
  hospital text NOT NULL,
  patients jsonb NOT NULL,
  question text NOT NULL,
  asked_by text NOT NULL,
  asked_by_name text NOT NULL,
  asked_at timestamptz NOT NULL,
  answer text,
  answered_by text,
  answered_by_name text,
  answered_at timestamptz
);
CREATE INDEX questions_about ON questions (conflict_id, question_id);
CREATE INDEX questions_to_answer ON questions (hospital, question_id) WHERE answered_at IS NULL;
