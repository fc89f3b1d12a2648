-- Up Migration

-- What is stored, kept as it grows: a sum over packs would be as long as the province is old. Eight rows each, by the study's UID, so
-- that two packs seldom wait for one another.
CREATE TABLE storage_totals (
  hospital text NOT NULL,
  modality text NOT NULL,
  slot smallint NOT NULL,
  packs bigint NOT NULL,
  instances bigint NOT NULL,
  bytes bigint NOT NULL,
  PRIMARY KEY (hospital, modality, slot)
) WITH (fillfactor = 50);
INSERT INTO storage_totals (hospital, modality, slot, packs, instances, bytes)
SELECT p.hospital, COALESCE(s.modality, ''), hashtext(p.study_uid) & 7, count(*), sum(p.stored + p.duplicates + p.quarantined), sum(p.size_bytes)
FROM packs p LEFT JOIN series s USING (study_uid, series_uid) GROUP BY 1, 2, 3;

-- What one process was asked in one minute; kept for a week.
CREATE TABLE request_minutes (
  minute timestamptz NOT NULL,
  process text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('receive', 'find', 'retrieve')),
  requests int NOT NULL,
  failures int NOT NULL,
  bytes bigint NOT NULL,
  milliseconds bigint NOT NULL,
  PRIMARY KEY (minute, process, kind)
);

-- The slowest searches of each minute, by the names of their keys: what was searched for is nobody's business here.
CREATE TABLE slow_searches (
  search_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  route text NOT NULL,
  keys text[] NOT NULL,
  milliseconds int NOT NULL
);
CREATE INDEX slow_searches_by_time ON slow_searches (at);
