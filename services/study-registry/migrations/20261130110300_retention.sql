-- Up Migration

-- For how long a record is kept at least, by what the patient was: data, of the province or of the country (CN). Of several that are valid
-- on a day, the longest counts: each is a floor.
CREATE TABLE retention_rules (
  province text NOT NULL,
  patient_class text NOT NULL CHECK (patient_class IN ('outpatient', 'inpatient', 'unknown')),
  years int NOT NULL CHECK (years > 0),
  valid_from date NOT NULL,
  valid_to date,
  source text NOT NULL,
  PRIMARY KEY (province, patient_class, valid_from)
);
INSERT INTO retention_rules (province, patient_class, years, valid_from, source) VALUES
  ('CN', 'outpatient', 15, '-infinity', '医疗机构病历管理规定(2013年版) 国卫医发〔2013〕31号；医疗机构管理条例实施细则 第五十三条: from the last visit'),
  ('CN', 'inpatient', 30, '-infinity', '医疗机构病历管理规定(2013年版) 国卫医发〔2013〕31号；医疗机构管理条例实施细则 第五十三条: from the last discharge'),
  ('CN', 'unknown', 30, '-infinity', 'Default until the visit is classified: the longest of the others; no text says it');

-- What a visit was, and when: the period begins with the last one.
ALTER TABLE encounters
  ADD COLUMN encounter_class text NOT NULL DEFAULT 'other',
  ADD COLUMN started_at timestamptz,
  ADD COLUMN ended_at timestamptz;
CREATE INDEX encounters_by_patient ON encounters (hospital, patient_issuer, patient_id);

-- The oldest studies of a hospital, shown or withdrawn.
CREATE INDEX studies_oldest_of_hospital ON studies (hospital, study_date, study_uid);
