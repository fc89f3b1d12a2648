-- A message of HIS describes a patient without a study.
ALTER TABLE observations ALTER COLUMN study_uid DROP NOT NULL;
