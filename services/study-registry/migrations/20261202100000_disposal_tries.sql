-- Up Migration

-- What could not be destroyed is tried again later, and those behind it go first.
ALTER TABLE disposals ADD COLUMN tries integer NOT NULL DEFAULT 0, ADD COLUMN try_at timestamptz;
CREATE INDEX disposals_by_state ON disposals (state, disposal_id);
CREATE INDEX disposals_of_hospital_by_state ON disposals (hospital, state, disposal_id);
