-- Up Migration

CREATE TABLE hospitals (
  code text PRIMARY KEY,
  name text NOT NULL,
  level text NOT NULL,
  credit_code text NOT NULL,
  ae_title text NOT NULL UNIQUE,
  calling_ae_titles text[] NOT NULL,
  departments jsonb NOT NULL,
  version int NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE staff (
  subject uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  username text NOT NULL UNIQUE,
  display_name text NOT NULL,
  password_hash text NOT NULL,
  roles text[] NOT NULL,
  hospital text REFERENCES hospitals,
  department text,
  active boolean NOT NULL DEFAULT true,
  version int NOT NULL DEFAULT 1
);
CREATE INDEX staff_of_hospital ON staff (hospital, username);

-- Service clients. Secrets are 256 random bits, so their plain SHA-256 gives nothing away.
CREATE TABLE clients (
  client_id text PRIMARY KEY,
  secret_sha256 text NOT NULL,
  scopes text[] NOT NULL,
  hospital text REFERENCES hospitals
);

-- What the OpenID provider keeps: sessions, grants, codes, tokens.
CREATE TABLE oidc_objects (
  model text NOT NULL,
  id text NOT NULL,
  payload jsonb NOT NULL,
  grant_id text,
  uid text,
  expires_at timestamptz,
  consumed_at timestamptz,
  PRIMARY KEY (model, id)
);
CREATE INDEX oidc_objects_grant ON oidc_objects (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oidc_objects_uid ON oidc_objects (model, uid) WHERE uid IS NOT NULL;
CREATE INDEX oidc_objects_expiry ON oidc_objects (expires_at);

-- Signing and cookie keys, made at the first start.
CREATE TABLE provider_keys (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  jwks jsonb NOT NULL,
  cookie_keys text[] NOT NULL
);
