-- Up Migration

-- Authenticator apps (RFC 6238). The secret is encrypted (AES-256-GCM); a time step that was used is not taken again.
CREATE TABLE authenticator_apps (
  account text PRIMARY KEY REFERENCES staff,
  secret bytea NOT NULL,
  last_step bigint NOT NULL,
  enrolled_at timestamptz NOT NULL
);

-- For who lost the app; each works once. Their digests are keyed.
CREATE TABLE recovery_codes (
  account text NOT NULL REFERENCES authenticator_apps ON DELETE CASCADE,
  digest text NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (account, digest)
);

-- How far somebody has come on the sign-in pages, by the provider's interaction.
CREATE TABLE sign_in_progress (
  interaction text PRIMARY KEY,
  account text NOT NULL REFERENCES staff,
  methods text[] NOT NULL,
  second_factor_at timestamptz,
  -- The secret that is shown and not confirmed yet, encrypted.
  offered_secret bytea,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_progress_expiry ON sign_in_progress (expires_at);

-- One row for each browser that is signed in, by the uid of the provider's session, which is the `sid` of its tokens.
CREATE TABLE sign_in_sessions (
  uid text PRIMARY KEY,
  account text NOT NULL REFERENCES staff,
  begun_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  methods text[] NOT NULL,
  second_factor_at timestamptz,
  user_agent text NOT NULL,
  address text NOT NULL
);
CREATE INDEX sign_in_sessions_of_account ON sign_in_sessions (account, begun_at);
CREATE INDEX sign_in_sessions_by_use ON sign_in_sessions (last_used_at);
CREATE INDEX sign_in_sessions_by_age ON sign_in_sessions (begun_at);

-- Wrong passwords and codes by account, and both by address. What was typed as an account is kept as its digest: some
-- people type their password there.
CREATE TABLE sign_in_failures (
  kind text NOT NULL CHECK (kind IN ('password', 'code', 'address')),
  digest text NOT NULL,
  count double precision NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (kind, digest)
);
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (last_at);
