-- Up Migration

-- The text of all policies that ever decided, or were proposed, by the version that decisions are recorded with: to decide them again.
CREATE TABLE policy_sets (
  version text PRIMARY KEY,
  schema text NOT NULL,
  files jsonb NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT now()
);

-- Policies that one security administrator proposes and another signs or refuses (ADR 0061).
CREATE TABLE policy_proposals (
  proposal_id uuid PRIMARY KEY,
  version text NOT NULL REFERENCES policy_sets,
  -- What was in force when it was proposed: signed only while it still is.
  based_on text NOT NULL REFERENCES policy_sets,
  reason text NOT NULL,
  -- What they would have decided otherwise in the week before.
  trial jsonb NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'adopted', 'refused', 'withdrawn')),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  note text,
  -- Counts adoptions, from 1.
  adoption int UNIQUE,
  CHECK ((state = 'waiting') = (decided_at IS NULL)),
  CHECK ((state = 'adopted') = (adoption IS NOT NULL)),
  CHECK (state <> 'adopted' OR decided_by <> proposed_by)
);
CREATE INDEX policy_proposals_newest ON policy_proposals (proposed_at DESC, proposal_id);

-- What a trial groups: first looks that a policy decided, of a week.
CREATE INDEX accesses_decided ON accesses (at) WHERE NOT further AND facts IS NOT NULL;
