-- Up Migration

-- Passkeys (WebAuthn Level 3): the public half of a key that somebody's authenticator keeps. The counter stays 0 where
-- the authenticator does not count.
CREATE TABLE passkeys (
  id uuid PRIMARY KEY,
  account text NOT NULL REFERENCES staff,
  -- In base64url, as browsers say it.
  credential_id text NOT NULL CONSTRAINT passkeys_credential UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL,
  added_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX passkeys_of_account ON passkeys (account, added_at);

-- What an authenticator is to sign, once: by the provider's interaction, or by the session in which a passkey is added.
CREATE TABLE passkey_challenges (
  holder text PRIMARY KEY,
  account text NOT NULL REFERENCES staff,
  challenge text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX passkey_challenges_expiry ON passkey_challenges (expires_at);

-- Recovery codes are had with a second factor of either kind.
ALTER TABLE recovery_codes
  DROP CONSTRAINT recovery_codes_account_fkey,
  ADD CONSTRAINT recovery_codes_account_fkey FOREIGN KEY (account) REFERENCES staff;
