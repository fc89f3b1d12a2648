-- Up Migration

-- Who has one surname at one address, as a keyed digest: whoever reads the table learns neither (ADR 0063).
CREATE TABLE patient_households (
  hospital text NOT NULL,
  issuer text NOT NULL,
  patient_id text NOT NULL,
  household bytea NOT NULL,
  observed_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, issuer, patient_id)
);
CREATE INDEX patient_households_of ON patient_households (household);
