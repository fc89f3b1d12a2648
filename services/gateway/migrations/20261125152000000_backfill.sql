-- Days of the backfill that were searched in the PACS; one that could not be searched whole says why.
CREATE TABLE backfill_days (
  day TEXT PRIMARY KEY,
  found INTEGER NOT NULL,
  problem TEXT,
  searched_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Studies that the PACS has, and how far each of them is on its way to the province.
CREATE TABLE backfill_studies (
  study_instance_uid TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'moving', 'moved', 'there', 'failed')),
  -- Instances that the PACS has, and those that it sent.
  expected INTEGER NOT NULL,
  moved INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  problem TEXT,
  moved_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX backfill_studies_due ON backfill_studies (state, day DESC, due_at);
CREATE INDEX backfill_studies_moved_at ON backfill_studies (moved_at);

CREATE TABLE backfill (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  newest_day TEXT NOT NULL,
  paused INTEGER NOT NULL DEFAULT 0
) STRICT;
