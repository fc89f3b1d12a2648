-- Up Migration

-- Whom an account of a patient stands for (ADR 0056): who saw which document, where. A guardian's ends at the 14th birthday.
CREATE TABLE account_links (
  link_id uuid PRIMARY KEY,
  account text NOT NULL,
  person_id text NOT NULL,
  persons text[] NOT NULL,
  standing text NOT NULL CHECK (standing IN ('self', 'guardian')),
  proof jsonb,
  identity text NOT NULL,
  linked_by text NOT NULL,
  linked_hospital text,
  linked_at timestamptz NOT NULL,
  ends_at timestamptz,
  unlinked_at timestamptz,
  unlinked_by text
);
-- An account is one person's own.
CREATE UNIQUE INDEX account_links_self ON account_links (account) WHERE standing = 'self' AND unlinked_at IS NULL;
CREATE INDEX account_links_of ON account_links (account) WHERE unlinked_at IS NULL;
CREATE INDEX account_links_to ON account_links (person_id, linked_at DESC);
CREATE INDEX account_links_to_several ON account_links USING gin (persons)
  WHERE unlinked_at IS NULL AND cardinality(persons) > 1;
