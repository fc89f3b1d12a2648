-- Up Migration

-- Devices of a hospital that query and retrieve at the province by DIMSE: how each proves who it is, and where it listens
-- for C-MOVE (ADR 0049). An AE title that was removed stays, so that its versions go on and no seed brings it back.
CREATE TABLE workstations (
  ae_title text PRIMARY KEY,
  hospital text NOT NULL CONSTRAINT workstations_hospital REFERENCES hospitals,
  name text,
  certificates text[] NOT NULL,
  plain boolean NOT NULL,
  host text,
  port int,
  tls boolean NOT NULL,
  maximum_associations int NOT NULL,
  version int NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL,
  removed boolean NOT NULL DEFAULT false,
  CHECK ((host IS NULL) = (port IS NULL))
);
CREATE INDEX workstations_of_hospital ON workstations (hospital, ae_title) WHERE NOT removed;
