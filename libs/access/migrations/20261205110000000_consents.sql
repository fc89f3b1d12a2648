-- Up Migration

-- The one hospital that it is closed to; null: all others.
ALTER TABLE access_objections ADD COLUMN receiver text;

-- Exceptions from what is closed (ADR 0055), a row for each of those who were one when it was said; it holds while all of them are.
CREATE TABLE access_consents (
  consent_id uuid NOT NULL,
  person_id text NOT NULL,
  persons text[] NOT NULL,
  study_uid text,
  receiver text,
  given_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (consent_id, person_id)
);
CREATE INDEX access_consents_of ON access_consents (person_id) WHERE given_at IS NOT NULL AND ended_at IS NULL;

-- Whom an account of a patient stands for (ADR 0056), likewise while those who were one are; a guardian until `ends_at`.
CREATE TABLE access_accounts (
  link_id uuid PRIMARY KEY,
  account text,
  person_id text NOT NULL,
  persons text[],
  ends_at timestamptz,
  linked_at timestamptz,
  unlinked_at timestamptz
);
CREATE INDEX access_accounts_of ON access_accounts (account) WHERE linked_at IS NOT NULL AND unlinked_at IS NULL;

CREATE TRIGGER access_consents_changed AFTER INSERT OR UPDATE ON access_consents
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
CREATE TRIGGER access_accounts_changed AFTER INSERT OR UPDATE ON access_accounts
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
