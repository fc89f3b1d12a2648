-- Up Migration

-- A description belongs to a patient who has a number: under it, in a third of the space of three texts, it is found beside those of the
-- patients before and after, and many at once are read in the order they lie in.
CREATE TABLE described (
  patient_no bigint NOT NULL,
  version int NOT NULL,
  observed_at timestamptz NOT NULL,
  name jsonb NOT NULL,
  birth_date text,
  sex text NOT NULL,
  other_ids jsonb NOT NULL,
  numbers text[] NOT NULL,
  study_uid text,
  contact jsonb
);
INSERT INTO described (patient_no, version, observed_at, name, birth_date, sex, other_ids, numbers, study_uid, contact)
SELECT patient_no, version, observed_at, name, birth_date, sex, other_ids, numbers, study_uid, contact
FROM observations JOIN patients USING (hospital, issuer, local_id) ORDER BY patient_no, version;
DROP TABLE observations;
ALTER TABLE described RENAME TO observations;
ALTER TABLE observations ADD PRIMARY KEY (patient_no, version);

-- A filling that was begun makes its references when it ends, and this one instead of the one before.
UPDATE put_back_later SET name = 'observations_patient_no_fkey',
  definition = 'ALTER TABLE observations ADD CONSTRAINT observations_patient_no_fkey FOREIGN KEY (patient_no) REFERENCES patients(patient_no)'
WHERE name = 'observations_hospital_issuer_local_id_fkey';
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM put_back_later WHERE name = 'observations_patient_no_fkey') THEN
    ALTER TABLE observations ADD CONSTRAINT observations_patient_no_fkey FOREIGN KEY (patient_no) REFERENCES patients (patient_no);
  END IF;
END $$;
