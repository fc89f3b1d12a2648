-- Up Migration

-- A record's position is its place in the log, from 0 and without gaps (ADR 0054).
ALTER TABLE accesses ALTER COLUMN position DROP IDENTITY;
ALTER TABLE accesses DISABLE TRIGGER accesses_are_never_changed;
-- In two turns, so that none takes a place that another still has.
UPDATE accesses a SET position = -1 - p.place
FROM (SELECT position, row_number() OVER (ORDER BY position) - 1 AS place FROM accesses) p WHERE a.position = p.position;
UPDATE accesses SET position = -1 - position;
ALTER TABLE accesses ENABLE ALWAYS TRIGGER accesses_are_never_changed;
ALTER TABLE accesses ADD CONSTRAINT accesses_count_from_zero CHECK (position >= 0);

-- The Merkle tree over them: up to 256 hashes of a level side by side (C2SP tlog-tiles). The last ones of a level grow.
CREATE TABLE log_tiles (
  level smallint NOT NULL,
  tile bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, tile)
);
-- They are no text: compressing them costs time and saves nothing.
ALTER TABLE log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- What was signed. Of those of a minute the last one is kept.
CREATE TABLE log_checkpoints (
  size bigint PRIMARY KEY,
  note text NOT NULL,
  sealed_at timestamptz NOT NULL
);
