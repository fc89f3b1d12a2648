-- Up Migration

-- What is read again to see that it is still what came (ADR 0029). Digests are spread evenly, so that their first two digits part the
-- packs of any province into 256 equal parts: these rows say when each pack was read last, and no row is written per pack.
CREATE TABLE scrub_parts (
  place text NOT NULL CHECK (place IN ('primary', 'replica')),
  part text NOT NULL,
  -- The reading under way: since when, and the last digest that was read.
  reading_since timestamptz,
  read_through text NOT NULL DEFAULT '',
  -- When the last whole reading began, and when it ended.
  verified_since timestamptz,
  verified_at timestamptz,
  PRIMARY KEY (place, part)
) WITH (fillfactor = 50);
INSERT INTO scrub_parts (place, part)
SELECT place, lpad(to_hex(n), 2, '0') FROM unnest(ARRAY['primary', 'replica']) AS place, generate_series(0, 255) AS n;

-- The stores that are scrubbed. A store without its mark is not the one that it was: a disk that is not mounted looks so.
CREATE TABLE scrub_places (
  place text PRIMARY KEY CHECK (place IN ('primary', 'replica')),
  address text NOT NULL,
  mark text NOT NULL,
  -- Why nothing is read or copied there now; empty when all is well.
  trouble text NOT NULL DEFAULT '',
  trouble_since timestamptz
);

CREATE TABLE scrub_days (
  day date NOT NULL,
  place text NOT NULL,
  packs bigint NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  damaged bigint NOT NULL DEFAULT 0,
  healed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (day, place)
) WITH (fillfactor = 50);

-- Packs that are read at once, since somebody met a damaged one or asks.
CREATE TABLE scrub_requests (
  digest text PRIMARY KEY,
  asked_by text NOT NULL CHECK (asked_by IN ('retrieval', 'operator', 'copy')),
  asked_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX scrub_requests_in_order ON scrub_requests (asked_at);

-- What was found damaged, and what came of it. Healed ones stay.
CREATE TABLE damaged_objects (
  damage_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  place text NOT NULL CHECK (place IN ('primary', 'replica')),
  digest text NOT NULL,
  object text NOT NULL CHECK (object IN ('pack', 'commit')),
  damage text NOT NULL CHECK (damage IN ('missing', 'too-short', 'digest-differs', 'unreadable')),
  found_by text NOT NULL CHECK (found_by IN ('scrubber', 'retrieval', 'operator', 'copy')),
  found_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('damaged', 'unhealable', 'healed')),
  -- Why it is not healed yet.
  reason text NOT NULL DEFAULT '',
  attempts int NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL,
  -- Null with healed: it was found sound again.
  healed_from text CHECK (healed_from IN ('replica', 'primary', 'database', 'hospital')),
  healed_at timestamptz,
  -- The key of the damaged bytes.
  laid_by_under text
);
CREATE UNIQUE INDEX damaged_objects_now ON damaged_objects (digest, place, object) WHERE state <> 'healed';
CREATE INDEX damaged_objects_to_try ON damaged_objects (next_try_at) WHERE state <> 'healed';
CREATE INDEX damaged_objects_by_state ON damaged_objects (state, damage_id);

-- Packs that are committed and not yet in the replica.
CREATE TABLE replica_queue (
  digest text PRIMARY KEY,
  queued_at timestamptz NOT NULL DEFAULT now(),
  attempts int NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX replica_queue_in_order ON replica_queue (next_try_at);
CREATE INDEX replica_queue_by_age ON replica_queue (queued_at);

-- Packs that are damaged for good, of which everything came again in other packs. They are not read any more.
CREATE TABLE retired_packs (
  digest text PRIMARY KEY,
  retired_at timestamptz NOT NULL DEFAULT now()
);
