-- Up Migration

-- One question to a steward: what a hospital sent again of one series, for one reason. 400 slices are one case.
CREATE TABLE quarantine_cases (
  case_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  study_uid text NOT NULL REFERENCES studies,
  series_uid text NOT NULL,
  hospital text NOT NULL,
  reason text NOT NULL CHECK (reason IN ('STUDY_OF_ANOTHER_HOSPITAL', 'SAME_UID_OTHER_BYTES')),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'taken')),
  instances int NOT NULL DEFAULT 0,
  -- Counts arrivals and decisions, so that a decision is about what was seen.
  version int NOT NULL DEFAULT 1,
  opened_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX quarantine_cases_open ON quarantine_cases (case_id) WHERE state = 'open';
CREATE INDEX quarantine_cases_open_of_hospital ON quarantine_cases (hospital, case_id) WHERE state = 'open';
CREATE INDEX quarantine_cases_decided ON quarantine_cases (case_id) WHERE state <> 'open';
CREATE INDEX quarantine_cases_decided_of_hospital ON quarantine_cases (hospital, case_id) WHERE state <> 'open';
CREATE INDEX quarantine_cases_of_series ON quarantine_cases (study_uid, series_uid) WHERE state = 'open';

-- Every decision that was made, in order; none is changed or taken away.
CREATE TABLE quarantine_decisions (
  decision_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id bigint NOT NULL REFERENCES quarantine_cases,
  decision text NOT NULL CHECK (decision IN ('keep', 'take', 'undo')),
  decided_by text NOT NULL,
  decided_by_name text NOT NULL,
  decided_at timestamptz NOT NULL,
  note text NOT NULL
);
CREATE INDEX quarantine_decisions_of_case ON quarantine_decisions (case_id, decision_id);

INSERT INTO quarantine_cases (study_uid, series_uid, hospital, reason, instances, opened_at)
SELECT study_uid, series_uid, hospital, reason, count(*), min(quarantined_at)
FROM quarantined_instances GROUP BY study_uid, series_uid, hospital, reason ORDER BY min(quarantined_at);

-- While the other version is registered, what it stands in place of.
ALTER TABLE quarantined_instances
  ADD COLUMN case_id bigint REFERENCES quarantine_cases,
  ADD COLUMN displaced_digest text REFERENCES packs,
  ADD COLUMN displaced_place int,
  ADD COLUMN displaced_sha256 text;
UPDATE quarantined_instances q SET case_id = c.case_id FROM quarantine_cases c
WHERE (c.study_uid, c.series_uid, c.hospital, c.reason) = (q.study_uid, q.series_uid, q.hospital, q.reason);
ALTER TABLE quarantined_instances ALTER COLUMN case_id SET NOT NULL;
CREATE INDEX quarantined_of_case ON quarantined_instances (case_id, digest, place);

-- What a hospital's gateways have brought in some days, summed from the index alone.
CREATE INDEX packs_received ON packs (hospital, committed_at) INCLUDE (stored, duplicates, quarantined);
