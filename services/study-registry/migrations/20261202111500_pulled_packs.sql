-- Up Migration

-- Packs that came from hospitals that keep their pixels (ADR 0038) and may be let go again (ADR 0046), since they were read last. A pack that
-- has no row stays here.
CREATE TABLE pulled_packs (
  digest text PRIMARY KEY,
  hospital text NOT NULL,
  size_bytes bigint NOT NULL,
  -- Exact to a day.
  read_at timestamptz NOT NULL DEFAULT now(),
  -- When its gateway said last that it has all of it.
  kept_at timestamptz
);
CREATE INDEX pulled_packs_of_hospital ON pulled_packs (hospital, read_at);
CREATE INDEX pulled_packs_kept ON pulled_packs (kept_at) WHERE kept_at IS NOT NULL;

-- Packs that are at their hospitals again, and whose bytes may still be here.
CREATE TABLE released_packs (
  digest text PRIMARY KEY,
  released_at timestamptz NOT NULL DEFAULT now()
);

-- What was let go in all.
CREATE TABLE released_totals (
  hospital text PRIMARY KEY,
  packs bigint NOT NULL,
  size_bytes bigint NOT NULL
);
