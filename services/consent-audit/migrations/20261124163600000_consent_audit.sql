-- Up Migration

-- Which person a study belongs to: the two halves may come in either order.
CREATE TABLE study_patients (
  study_uid text PRIMARY KEY,
  hospital text NOT NULL,
  issuer text NOT NULL,
  patient_id text NOT NULL
);
CREATE TABLE patient_persons (
  hospital text NOT NULL,
  issuer text NOT NULL,
  patient_id text NOT NULL,
  person_id text NOT NULL,
  version int NOT NULL,
  PRIMARY KEY (hospital, issuer, patient_id)
);

CREATE INDEX patient_persons_of ON patient_persons (person_id, hospital);

CREATE TABLE declared_relationships (
  relationship_id uuid PRIMARY KEY,
  person_id text NOT NULL,
  subject text NOT NULL,
  display_name text NOT NULL,
  hospital text NOT NULL,
  reason text NOT NULL,
  declared_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX declared_relationships_newest ON declared_relationships (declared_at DESC, relationship_id);

CREATE TABLE objections (
  consent_id uuid PRIMARY KEY,
  person_id text NOT NULL,
  -- Null: all studies of the person.
  study_uid text,
  note text NOT NULL,
  recorded_by text NOT NULL,
  withdrawn_at timestamptz NOT NULL,
  granted_at timestamptz,
  granted_by text
);
CREATE INDEX objections_of ON objections (person_id, withdrawn_at DESC);

-- The audit trail. Rows are added and never changed; further looks of one access are further rows of its access id.
CREATE TABLE accesses (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id uuid NOT NULL UNIQUE,
  access_id uuid NOT NULL,
  at timestamptz NOT NULL,
  count int NOT NULL,
  subject text NOT NULL,
  display_name text NOT NULL,
  roles text[] NOT NULL,
  actor_hospital text,
  action text NOT NULL,
  purpose_of_use text NOT NULL,
  person_id text,
  study_uid text,
  owner_hospital text,
  query text[] NOT NULL,
  outcome text NOT NULL,
  code text NOT NULL,
  policies text[] NOT NULL,
  policy_version text NOT NULL,
  service text NOT NULL,
  trace_id text NOT NULL
);
CREATE INDEX accesses_person ON accesses (person_id, position DESC);
CREATE INDEX accesses_study ON accesses (study_uid, position DESC);
CREATE INDEX accesses_subject ON accesses (subject, position DESC);
CREATE INDEX accesses_actor_hospital ON accesses (actor_hospital, position DESC);
CREATE INDEX accesses_owner_hospital ON accesses (owner_hospital, position DESC);
CREATE INDEX accesses_at ON accesses (at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail is never changed';
END
$$;
CREATE TRIGGER accesses_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON accesses
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
