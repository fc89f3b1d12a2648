-- Up Migration

-- When the objects of what was decided about a study are compared next with its rows, in each store: at once when something is decided, and
-- again in the course of all that is scrubbed (ADR 0029, ADR 0032).
CREATE TABLE decision_checks (
  study_uid text PRIMARY KEY,
  due_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX decision_checks_in_order ON decision_checks (due_at);
INSERT INTO decision_checks (study_uid) SELECT DISTINCT study_uid FROM study_decisions;
