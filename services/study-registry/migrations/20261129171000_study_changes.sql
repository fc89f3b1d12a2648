-- Up Migration

-- What is to be told of studies, as it was committed; it has no number yet.
CREATE TABLE untold_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  study_uid text NOT NULL,
  hospital text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('registered', 'updated', 'completed')),
  version int NOT NULL,
  instances int NOT NULL,
  changed_at timestamptz NOT NULL
);

-- What is told, numbered without gaps, in an order in which each study's changes are those of its commits. Rows stay as they are, for as
-- long as the province has the studies. No patients.
CREATE TABLE study_changes (
  sequence bigint PRIMARY KEY,
  -- When it got its number: it grows with the numbers.
  told_at timestamptz NOT NULL,
  study_uid text NOT NULL,
  hospital text NOT NULL,
  kind text NOT NULL,
  version int NOT NULL,
  instances int NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX study_changes_by_time ON study_changes (told_at, sequence);
CREATE INDEX study_changes_of_hospital ON study_changes (hospital, sequence);

-- Who begins to read is told of every study that there is.
INSERT INTO untold_changes (study_uid, hospital, kind, version, instances, changed_at)
SELECT study_uid, hospital, CASE state WHEN 'complete' THEN 'completed' ELSE 'registered' END, version, instance_count, updated_at
FROM studies WHERE version > 0 ORDER BY updated_at;
