-- Up Migration

-- Which person of the province an account of staff is (ADR 0063): for the auditors' rules, apart from account_links, which give rights.
CREATE TABLE staff_links (
  link_id uuid PRIMARY KEY,
  account text NOT NULL,
  person_id text NOT NULL,
  -- Everybody who was one with the person then: it holds only while all of them are.
  persons text[] NOT NULL,
  identity text NOT NULL,
  linked_by text NOT NULL,
  linked_hospital text,
  linked_at timestamptz NOT NULL,
  unlinked_at timestamptz,
  unlinked_by text
);
CREATE UNIQUE INDEX staff_links_of ON staff_links (account) WHERE unlinked_at IS NULL;
CREATE INDEX staff_links_to ON staff_links (person_id) WHERE unlinked_at IS NULL;
