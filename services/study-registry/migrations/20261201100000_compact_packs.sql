-- Up Migration

-- Packs that are stored compact (ADR 0041), for accounts only: which they are, the object store says.
CREATE TABLE compact_packs (
  digest text PRIMARY KEY,
  hospital text NOT NULL,
  modality text NOT NULL,
  size_bytes bigint NOT NULL,
  stored_bytes bigint NOT NULL
);

-- Their sums. One process writes them.
CREATE TABLE compact_totals (
  hospital text NOT NULL,
  modality text NOT NULL,
  packs bigint NOT NULL,
  size_bytes bigint NOT NULL,
  stored_bytes bigint NOT NULL,
  PRIMARY KEY (hospital, modality)
) WITH (fillfactor = 50);

-- How far packs have been looked at, in the order in which they were registered: one row, and none for packs that stay as they are.
CREATE TABLE recompression (
  through_sequence bigint NOT NULL
);
INSERT INTO recompression VALUES (0);
CREATE INDEX packs_by_sequence ON packs (sequence);

-- Packs of before there that are to be looked at again: they have come, or were healed, since.
CREATE TABLE recompress_again (
  digest text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX recompress_again_in_order ON recompress_again (since);
