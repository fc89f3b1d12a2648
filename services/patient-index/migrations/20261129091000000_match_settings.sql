-- Up Migration

-- From which evidence on stewards are asked, and by which model it is weighed. The newest row holds, none of them is ever changed; without any,
-- what is shipped holds as version 0.
CREATE TABLE match_settings (
  version int PRIMARY KEY CHECK (version > 0),
  least_bits double precision NOT NULL,
  probable double precision NOT NULL,
  possible double precision NOT NULL,
  -- Null: the shipped one.
  model jsonb,
  set_by text NOT NULL,
  set_by_name text NOT NULL,
  set_at timestamptz NOT NULL,
  note text NOT NULL
);

-- Asked with less evidence than the province wants to be asked with now: comes back when that is lowered.
ALTER TABLE conflicts ADD COLUMN set_aside boolean NOT NULL DEFAULT false;
DROP INDEX conflicts_to_decide;
DROP INDEX conflicts_to_decide_of_hospital;
DROP INDEX conflicts_to_decide_of_kind;
CREATE INDEX conflicts_to_decide ON conflicts (waiting, risk DESC, conflict_id) WHERE decision IS NULL AND NOT set_aside;
CREATE INDEX conflicts_to_decide_of_hospital ON conflicts (waiting, hospital, risk DESC, conflict_id)
  WHERE decision IS NULL AND NOT set_aside;
CREATE INDEX conflicts_to_decide_of_kind ON conflicts (waiting, kind, risk DESC, conflict_id) WHERE decision IS NULL AND NOT set_aside;
CREATE INDEX conflicts_likely ON conflicts (bits) WHERE kind = 'LIKELY_SAME' AND decision IS NULL AND NOT waiting;
