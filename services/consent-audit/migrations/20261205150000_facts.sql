-- Up Migration

-- What the policies were asked beside the other columns, so that a decision can be decided again (ADR 0061). Null of records that no
-- policy decided, and of those from before.
ALTER TABLE accesses ADD COLUMN facts jsonb;
