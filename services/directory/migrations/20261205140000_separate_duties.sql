-- Up Migration

-- Who may act holds no office beside another role. What an older home holds against it stays, and cannot act (ADR 0059).
ALTER TABLE staff ADD CONSTRAINT staff_duties_apart CHECK (
  NOT active OR cardinality(roles) <= 1 OR NOT roles && ARRAY ['administrator', 'security-administrator', 'patient']
) NOT VALID;

-- Those of the commission who administer: the last of each kind stays.
CREATE INDEX staff_offices ON staff (username)
  WHERE active AND hospital IS NULL AND roles && ARRAY ['administrator', 'security-administrator'];

-- Every state that an account had. Nobody made the first ones of a province: its installer did.
CREATE TABLE staff_versions (
  account text NOT NULL REFERENCES staff,
  version int NOT NULL,
  display_name text NOT NULL,
  roles text[] NOT NULL,
  hospital text,
  department text,
  active boolean NOT NULL,
  changed_by text,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (account, version)
);
INSERT INTO staff_versions (account, version, display_name, roles, hospital, department, active, changed_at)
SELECT username, version, display_name, roles, hospital, department, active, changed_at FROM staff;

-- For how long a proposal waits: data, with where it comes from. What begins last of what is valid on the day counts.
CREATE TABLE role_proposal_rules (
  province text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  lasts_days int NOT NULL CHECK (lasts_days > 0),
  source text NOT NULL,
  PRIMARY KEY (province, valid_from)
);
INSERT INTO role_proposal_rules (province, valid_from, lasts_days, source) VALUES
  ('CN', '-infinity', 7, 'PRESET: no text says how long; ADR 0059');

-- What an administrator proposes an account to become, and what a security administrator made of it.
CREATE TABLE role_proposals (
  proposal_id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL REFERENCES staff,
  -- What was proposed is about this state of the account, and no other.
  account_version int NOT NULL,
  roles text[] NOT NULL,
  hospital text REFERENCES hospitals,
  department text,
  -- Whose security administrators decide; null where the commission's do.
  decided_at_hospital text,
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn', 'expired')),
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  CONSTRAINT role_proposals_about_others CHECK (account <> proposed_by),
  CONSTRAINT role_proposals_two_people CHECK (state <> 'approved' OR decided_by NOT IN (proposed_by, account)),
  CONSTRAINT role_proposals_decided CHECK ((state = 'waiting') = (decided_at IS NULL))
);
CREATE UNIQUE INDEX role_proposals_waiting ON role_proposals (account) WHERE state = 'waiting';
CREATE INDEX role_proposals_expiry ON role_proposals (expires_at) WHERE state = 'waiting';
CREATE INDEX role_proposals_that_wait ON role_proposals (decided_at_hospital, proposal_id) WHERE state = 'waiting';
CREATE INDEX role_proposals_all_that_wait ON role_proposals (proposal_id) WHERE state = 'waiting';
CREATE INDEX role_proposals_settled ON role_proposals (decided_at_hospital, proposal_id) WHERE state <> 'waiting';
CREATE INDEX role_proposals_all_settled ON role_proposals (proposal_id) WHERE state <> 'waiting';
