-- Up Migration

-- Studies that programs stored something of by STOW-RS, until it has been quiet for long enough to hold them for complete.
CREATE TABLE stowed_studies (
  study_uid text PRIMARY KEY,
  hospital text NOT NULL,
  stored_at timestamptz NOT NULL
);
CREATE INDEX stowed_studies_by_time ON stowed_studies (stored_at);
