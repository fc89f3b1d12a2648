-- Up Migration

-- Patients who came as nobody's of whom it is not asked yet who may be the same person.
CREATE TABLE newcomers (patient_no bigint PRIMARY KEY);
