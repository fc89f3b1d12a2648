-- Up Migration

-- Each distinct spelling of a name once: characters with variants folded, or parts in letters. Everything that a name is found by depends
-- on the spelling alone, and a province has far fewer spellings than patients.
CREATE TABLE names (
  name_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Compared as bytes: nobody sees their order.
  spelling text COLLATE "C" NOT NULL UNIQUE,
  han boolean NOT NULL,
  sound int NOT NULL,
  keys text[] COLLATE "C" NOT NULL
);
ALTER TABLE names ALTER COLUMN keys SET STATISTICS 500;
-- A search must not wait for a pending list to be read through.
CREATE INDEX names_keys ON names USING gin (keys) WITH (fastupdate = off);
CREATE INDEX names_sound ON names (sound);

-- Patients of each name that several have, when names were counted last. Apart from the names: to write one there would write its keys anew.
CREATE TABLE name_holders (name_id int PRIMARY KEY, holders int NOT NULL) WITH (fillfactor = 90);
-- How many patients have a name at all, by script, when names were counted last.
CREATE TABLE names_counted (han boolean PRIMARY KEY, holders bigint NOT NULL, counted_at timestamptz NOT NULL);

-- A name may be heard in another reading than the one under which it is stored: 单 is stored as shan, and may come as dan.
CREATE TABLE sound_aliases (
  heard int NOT NULL,
  stored int NOT NULL,
  PRIMARY KEY (heard, stored)
);

-- Names and birth dates that a patient was ever described by, each with each. Sound and surname are the name's, repeated to be in the
-- indexes: whom a new patient may be is found along them. No foreign keys: as with numbers, checking would cost more than writing.
CREATE TABLE patient_names (
  patient_no bigint NOT NULL,
  -- 0: not stated.
  name_id int NOT NULL,
  -- YYYYMMDD; 0: not known.
  birth_date int NOT NULL,
  sound int NOT NULL,
  surname int NOT NULL,
  PRIMARY KEY (patient_no, name_id, birth_date)
);
CREATE INDEX patient_names_by_name ON patient_names (name_id, birth_date, patient_no);
CREATE INDEX patient_names_by_sound ON patient_names (sound, birth_date, patient_no);
CREATE INDEX patient_names_by_birth_date ON patient_names (birth_date, surname, name_id, patient_no);

CREATE INDEX patients_by_local_id ON patients (local_id, patient_no);

-- Names are read by the program, not by SQL: patients that were there before are entered by the service, from the first to the last,
-- while it serves. Without a row there is nothing left to enter.
CREATE TABLE names_to_enter (next_patient_no bigint NOT NULL, last_patient_no bigint NOT NULL);
INSERT INTO names_to_enter SELECT min(patient_no), max(patient_no) FROM patients HAVING count(*) > 0;

ALTER TABLE persons DROP COLUMN search_keys;
