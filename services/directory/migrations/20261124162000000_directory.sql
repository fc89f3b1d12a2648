-- Up Migration

CREATE TABLE hospitals (
  code text PRIMARY KEY,
  name text NOT NULL,
  level text NOT NULL,
  credit_code text,
  -- Two gateways of one title could not be told apart by a DICOM network.
  ae_title text NOT NULL CONSTRAINT hospitals_ae_title UNIQUE,
  calling_ae_titles text[] NOT NULL,
  suspended boolean NOT NULL DEFAULT false,
  version int NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL
);

CREATE TABLE departments (
  hospital text NOT NULL REFERENCES hospitals,
  code text NOT NULL,
  name text NOT NULL,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (hospital, code)
);

CREATE TABLE staff (
  username text PRIMARY KEY,
  display_name text NOT NULL,
  roles text[] NOT NULL,
  hospital text CONSTRAINT staff_workplace_hospital REFERENCES hospitals,
  department text,
  active boolean NOT NULL DEFAULT true,
  password_hash text NOT NULL,
  version int NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL,
  CONSTRAINT staff_workplace_department FOREIGN KEY (hospital, department) REFERENCES departments (hospital, code)
);
CREATE INDEX staff_of_hospital ON staff (hospital, username);

-- Programs that ask for tokens with a secret of their own.
CREATE TABLE service_clients (
  client_id text PRIMARY KEY,
  secret_hash text NOT NULL,
  scopes text[] NOT NULL,
  hospital text CONSTRAINT service_clients_hospital REFERENCES hospitals,
  changed_at timestamptz NOT NULL
);

-- What the OpenID provider remembers: sessions, interactions, codes, grants, refresh tokens.
CREATE TABLE provider_records (
  model text NOT NULL,
  id text NOT NULL,
  payload jsonb NOT NULL,
  account_id text,
  grant_id text,
  uid text,
  expires_at timestamptz,
  PRIMARY KEY (model, id)
);
CREATE INDEX provider_records_of_grant ON provider_records (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX provider_records_by_uid ON provider_records (uid) WHERE uid IS NOT NULL;
CREATE INDEX provider_records_of_account ON provider_records (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX provider_records_expiry ON provider_records (expires_at);

-- Made at the first start: the keys that sign tokens and cookies.
CREATE TABLE provider_keys (
  name text PRIMARY KEY,
  value jsonb NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now()
);
