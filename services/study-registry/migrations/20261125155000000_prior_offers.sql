-- Up Migration

-- Visits that hospitals have recorded, while they last: whoever is visited is treated there (ADR 0019).
CREATE TABLE encounters (
  hospital text NOT NULL,
  encounter_id text NOT NULL,
  patient_issuer text NOT NULL,
  patient_id text NOT NULL,
  status text NOT NULL CHECK (status IN ('active', 'ended', 'cancelled')),
  recorded_at timestamptz NOT NULL,
  -- When priors were looked for; the patient's person must be known by then.
  looked_at timestamptz,
  PRIMARY KEY (hospital, encounter_id)
);
CREATE INDEX encounters_to_look_at ON encounters (hospital, recorded_at) WHERE status = 'active' AND looked_at IS NULL;
CREATE INDEX encounters_of_patient ON encounters (hospital, patient_issuer, patient_id) WHERE status = 'active';
CREATE INDEX patients_of_person ON patients (person_id) WHERE person_id IS NOT NULL;

-- Studies of other hospitals that are offered to one that a patient visits; each once.
CREATE TABLE prior_offers (
  offer_id uuid PRIMARY KEY,
  hospital text NOT NULL,
  study_uid text NOT NULL REFERENCES studies,
  patient_issuer text NOT NULL,
  patient_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'delivered', 'declined', 'refused', 'failed')),
  -- Why not; never patient data.
  reason text NOT NULL DEFAULT '',
  offered_at timestamptz NOT NULL DEFAULT now(),
  answered_at timestamptz,
  UNIQUE (hospital, study_uid, patient_issuer, patient_id)
);
CREATE INDEX prior_offers_open ON prior_offers (hospital, offered_at) WHERE state = 'open';
