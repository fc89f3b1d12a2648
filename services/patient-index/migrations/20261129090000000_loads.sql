-- Up Migration

-- Files of patients that hospitals gave for the first filling, and how far each is read.
CREATE TABLE patient_loads (
  hospital text NOT NULL,
  sha256 bytea NOT NULL,
  -- Of the file: lines before it are in the index, or refused.
  next_byte bigint NOT NULL,
  lines bigint NOT NULL,
  refused bigint NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (hospital, sha256)
);

-- Indexes and references that an empty index does without while it is filled: made again from here, in their order.
CREATE TABLE put_back_later (
  place int PRIMARY KEY,
  name text NOT NULL,
  definition text NOT NULL
);

-- Loaded patients of whom it is not asked yet who may be the same person, from the first to the last.
CREATE TABLE patients_to_ask_about (next_patient_no bigint NOT NULL, last_patient_no bigint NOT NULL);
