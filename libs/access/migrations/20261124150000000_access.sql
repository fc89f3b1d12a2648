-- Up Migration

CREATE TABLE access_relationships (
  relationship_id uuid PRIMARY KEY,
  person_id text NOT NULL,
  subject text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX access_relationships_of ON access_relationships (person_id, subject, expires_at);
CREATE INDEX access_relationships_expiry ON access_relationships (expires_at);

CREATE TABLE access_objections (
  consent_id uuid PRIMARY KEY,
  person_id text NOT NULL,
  -- Null: all studies of the person.
  study_uid text,
  withdrawn_at timestamptz,
  granted_at timestamptz
);
CREATE INDEX access_objections_of ON access_objections (person_id) WHERE withdrawn_at IS NOT NULL AND granted_at IS NULL;
