-- Up Migration

-- Administrators look at what a hospital's gateway was asked for, newest first.
CREATE INDEX study_requests_of_hospital ON study_requests (hospital, requested_at DESC);
