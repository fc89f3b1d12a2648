-- Up Migration

-- A hospital's own OpenID provider, where its staff may sign in.
CREATE TABLE hospital_issuers (
  hospital text PRIMARY KEY REFERENCES hospitals,
  issuer text NOT NULL CONSTRAINT hospital_issuers_issuer UNIQUE,
  client_id text NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);

-- Who an account is at an issuer: one each.
CREATE TABLE linked_identities (
  issuer text NOT NULL,
  subject text NOT NULL,
  account text NOT NULL REFERENCES staff,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE (account, issuer)
);

-- Somebody on their way to their hospital's provider and back (RFC 7636, OpenID Connect Core section 3.1.2.1).
CREATE TABLE hospital_sign_ins (
  state text PRIMARY KEY,
  interaction text NOT NULL,
  hospital text NOT NULL,
  code_verifier text NOT NULL,
  nonce text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX hospital_sign_ins_expiry ON hospital_sign_ins (expires_at);

-- Who came back and is nobody here yet: the account whose password is proved next, in the same interaction.
CREATE TABLE identities_to_link (
  interaction text PRIMARY KEY,
  hospital text NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  name text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX identities_to_link_expiry ON identities_to_link (expires_at);
