-- Up Migration

-- How sure the gateway is that nothing more comes, and what was listed at the hospital and has not come.
ALTER TABLE receipts
  ADD COLUMN confidence text NOT NULL DEFAULT 'likely',
  ADD COLUMN expected int,
  ADD COLUMN missing int NOT NULL DEFAULT 0;

CREATE INDEX quarantined_of_hospital ON quarantined_instances (hospital, study_uid);

-- What gateways reported of a day, as of their last word: counts, and the studies that gaps name. No patients.
CREATE TABLE gateway_reports (
  day date NOT NULL,
  hospital text NOT NULL,
  reported_at timestamptz NOT NULL,
  is_verified boolean NOT NULL,
  exams jsonb NOT NULL,
  deadlines jsonb NOT NULL,
  studies int NOT NULL,
  gaps jsonb NOT NULL,
  PRIMARY KEY (day, hospital)
);
