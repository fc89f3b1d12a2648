-- Up Migration

-- Who may query and retrieve by DIMSE, as the directory tells it (ADR 0049).
CREATE TABLE workstations (
  ae_title text PRIMARY KEY,
  hospital text NOT NULL,
  name text,
  certificates text[] NOT NULL,
  plain boolean NOT NULL,
  host text,
  port int,
  tls boolean NOT NULL,
  maximum_associations int NOT NULL
);
