-- Up Migration

-- Single studies that somebody in the province asks a hospital's gateway to fetch from its PACS.
CREATE TABLE study_requests (
  request_id uuid PRIMARY KEY,
  hospital text NOT NULL,
  study_uid text,
  accession_number text,
  state text NOT NULL CHECK (state IN ('open', 'fetched', 'not-found', 'pacs-away', 'failed')),
  -- What the gateway says of a failure; never patient data.
  reason text NOT NULL DEFAULT '',
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  answered_at timestamptz,
  CHECK ((study_uid IS NULL) <> (accession_number IS NULL))
);
-- A study is asked for once at a time; gateways ask for what is open, a hundred at most.
CREATE UNIQUE INDEX study_requests_open ON study_requests (hospital, COALESCE(study_uid, ''), COALESCE(accession_number, ''))
  WHERE state = 'open';
CREATE INDEX study_requests_by_requester ON study_requests (requested_by, requested_at DESC);
