-- Up Migration

-- Until when the province is to have an exam, from performed to registered. A row holds from its day until the next one of its
-- priority; what held before stays, so that a day of last year is judged by last year's rule.
CREATE SEQUENCE upload_deadlines_revision;
CREATE TABLE upload_deadlines (
  priority text NOT NULL CHECK (priority IN ('urgent', 'routine')),
  valid_from date NOT NULL,
  minutes int NOT NULL CHECK (minutes > 0),
  -- Where the value comes from: a notice, a decision of the province; or PRESET, for which there is no norm.
  source text NOT NULL,
  revision bigint NOT NULL DEFAULT nextval('upload_deadlines_revision'),
  changed_by text,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (priority, valid_from)
);
INSERT INTO upload_deadlines (priority, valid_from, minutes, source) VALUES
  ('urgent', '2026-01-01', 60, 'PRESET'),
  ('routine', '2026-01-01', 1440, 'PRESET');
