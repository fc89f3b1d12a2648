-- Up Migration

-- A person of the province. At most one holds a resident id: concurrent arrivals of one new person never make two.
CREATE TABLE persons (
  person_id text PRIMARY KEY,
  resident_id text UNIQUE,
  -- Everything that the person is found by, as domain/search-keys.ts writes it; empty when no patient is left.
  search_keys text[] NOT NULL DEFAULT '{}',
  last_seen_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 85);
-- A search must not wait for a pending list to be read through.
CREATE INDEX persons_search_keys ON persons USING gin (search_keys) WITH (fastupdate = off);

-- A hospital's patient, and the one person that it is linked to now.
CREATE TABLE patients (
  hospital text NOT NULL,
  issuer text NOT NULL,
  local_id text NOT NULL,
  person_id text NOT NULL REFERENCES persons,
  rule text NOT NULL,
  link_version int NOT NULL,
  linked_at timestamptz NOT NULL,
  observation_version int NOT NULL,
  PRIMARY KEY (hospital, issuer, local_id)
);
CREATE INDEX patients_of_person ON patients (person_id, hospital);

-- How a hospital described its patient, each time it described them differently.
CREATE TABLE observations (
  hospital text NOT NULL,
  issuer text NOT NULL,
  local_id text NOT NULL,
  version int NOT NULL,
  name jsonb NOT NULL,
  birth_date text,
  sex text NOT NULL,
  other_ids jsonb NOT NULL,
  resident_ids text[] NOT NULL,
  study_uid text NOT NULL,
  observed_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, issuer, local_id, version),
  FOREIGN KEY (hospital, issuer, local_id) REFERENCES patients
);

-- What only a steward may decide. One per patient and resident id for ever: a decision is never asked for again.
CREATE TABLE conflicts (
  conflict_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  hospital text NOT NULL,
  issuer text NOT NULL,
  local_id text NOT NULL,
  resident_id text NOT NULL,
  -- Null: nobody holds the id.
  other_person_id text REFERENCES persons,
  opened_at timestamptz NOT NULL,
  decision text CHECK (decision IN ('link', 'keep-apart')),
  decided_person_id text REFERENCES persons,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  note text,
  UNIQUE (hospital, issuer, local_id, resident_id),
  FOREIGN KEY (hospital, issuer, local_id) REFERENCES patients
);
CREATE INDEX conflicts_open ON conflicts (conflict_id) WHERE decision IS NULL;
CREATE INDEX conflicts_decided ON conflicts (conflict_id) WHERE decision IS NOT NULL;
