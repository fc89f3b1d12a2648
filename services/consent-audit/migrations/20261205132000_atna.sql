-- Up Migration

-- How far the log was sent to a repository of others, by its address.
CREATE TABLE atna_repositories (
  address text PRIMARY KEY,
  next_position bigint NOT NULL,
  sent_at timestamptz NOT NULL
);
