-- Up Migration

-- A program has a secret, or public keys that it signs with (RFC 7523).
ALTER TABLE service_clients ALTER COLUMN secret_hash DROP NOT NULL;
ALTER TABLE service_clients ADD COLUMN jwks jsonb;
ALTER TABLE service_clients ADD CONSTRAINT service_clients_credential CHECK ((secret_hash IS NULL) <> (jwks IS NULL));
