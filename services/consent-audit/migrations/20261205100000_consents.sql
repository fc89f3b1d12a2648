-- Up Migration

-- What patients said of sharing (ADR 0055): what they closed, and what they except from it. Who said it, on what proof, and who took it
-- down where. Rows are added and end; nothing else of them changes.
ALTER TABLE objections RENAME TO consents;
ALTER TABLE consents RENAME COLUMN withdrawn_at TO said_at;
ALTER TABLE consents RENAME COLUMN granted_at TO ended_at;
ALTER TABLE consents RENAME COLUMN granted_by TO ended_by;
ALTER TABLE consents
  ADD COLUMN closes boolean NOT NULL DEFAULT true,
  ADD COLUMN receiver text,
  -- Of an exception: everybody who was one with the person when it was given.
  ADD COLUMN persons text[],
  ADD COLUMN stated_by text NOT NULL DEFAULT 'patient',
  ADD COLUMN proof jsonb,
  ADD COLUMN identity text NOT NULL DEFAULT 'not-recorded',
  ADD COLUMN recorded_hospital text,
  -- Whose word ended it, and how that was known.
  ADD COLUMN ended_as jsonb,
  ADD CHECK (closes OR persons IS NOT NULL);
ALTER TABLE objection_groups RENAME TO consent_groups;
CREATE INDEX consents_given_to_several ON consents USING gin (persons)
  WHERE NOT closes AND ended_at IS NULL AND cardinality(persons) > 1;

CREATE FUNCTION refuse_other_change_than_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
    AND to_jsonb(OLD) - '{ended_at,ended_by,ended_as}'::text[] = to_jsonb(NEW) - '{ended_at,ended_by,ended_as}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a patient said is never changed';
END
$$;
CREATE TRIGGER consents_are_never_changed BEFORE UPDATE OR DELETE ON consents
  FOR EACH ROW EXECUTE FUNCTION refuse_other_change_than_end();

-- When and how the study was made: a patient at the counter has to know it again.
ALTER TABLE study_patients ADD COLUMN study_date text, ADD COLUMN modality text;
CREATE INDEX study_patients_of ON study_patients (hospital, issuer, patient_id);

-- The birth date that a hospital's patient is known by, YYYYMMDD: whether a guardian speaks for them.
CREATE TABLE patient_births (
  hospital text NOT NULL,
  issuer text NOT NULL,
  patient_id text NOT NULL,
  birth_date text NOT NULL,
  observed_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, issuer, patient_id)
);
