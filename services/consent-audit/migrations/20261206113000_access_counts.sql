-- Up Migration

-- How many accesses there were of a kind in a month of the province's calendar; what statistics are read from, however long the log is.
CREATE TABLE access_counts (
  -- Its first day.
  month date NOT NULL,
  -- Of the actor; empty for those of none.
  hospital text NOT NULL,
  action text NOT NULL,
  purpose text NOT NULL,
  outcome text NOT NULL,
  code text NOT NULL,
  accesses bigint NOT NULL,
  PRIMARY KEY (month, hospital, action, purpose, outcome, code)
);

-- How far the log was counted.
CREATE TABLE counting_progress (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  next_position bigint NOT NULL
);
INSERT INTO counting_progress (next_position) VALUES (0);

CREATE INDEX findings_by_day ON findings (day);
