-- Up Migration

-- What was ordered for a hospital's patients, so that priors like it are offered first (ADR 0019).
CREATE TABLE ordered_exams (
  hospital text NOT NULL,
  -- The first of placer order number, filler order number and accession number that the order has.
  order_number text NOT NULL,
  patient_issuer text NOT NULL,
  patient_id text NOT NULL,
  modality text NOT NULL,
  regions text[] NOT NULL,
  is_cancelled boolean NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, order_number)
);
CREATE INDEX ordered_exams_of_patient ON ordered_exams (hospital, patient_issuer, patient_id);

-- 0 of the ordered region and modality, 1 of the region, 2 of the modality, 3 any; and the place among those offered together.
ALTER TABLE prior_offers ADD COLUMN relevance smallint NOT NULL DEFAULT 3, ADD COLUMN place smallint NOT NULL DEFAULT 0;
DROP INDEX prior_offers_open;
CREATE INDEX prior_offers_open ON prior_offers (hospital, relevance, offered_at, place) WHERE state = 'open';
