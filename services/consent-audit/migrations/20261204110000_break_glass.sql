-- Up Migration

-- How long broken glass lasts and within how many working days an auditor looks at it: data, with where it comes from. What begins last
-- of what is valid on the day counts.
CREATE TABLE break_glass_rules (
  province text NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  lasts_seconds int NOT NULL CHECK (lasts_seconds > 0 AND lasts_seconds <= 86400),
  review_working_days int NOT NULL CHECK (review_working_days BETWEEN 1 AND 20),
  source text NOT NULL,
  PRIMARY KEY (province, valid_from)
);
INSERT INTO break_glass_rules (province, valid_from, lasts_seconds, review_working_days, source) VALUES
  ('CN', '-infinity', 7200, 3, 'PRESET: 个人信息保护法 第十八条 says promptly; no text says how long or how soon');

-- Which days are worked on: what is said of a day, else of its day of the week (1 is Monday).
CREATE TABLE calendar_weekdays (
  weekday int PRIMARY KEY CHECK (weekday BETWEEN 1 AND 7),
  works boolean NOT NULL,
  source text NOT NULL
);
INSERT INTO calendar_weekdays SELECT n, n <= 5, '国务院关于职工工作时间的规定 国务院令第174号 第七条' FROM generate_series(1, 7) n;
CREATE TABLE calendar_days (
  day date PRIMARY KEY,
  works boolean NOT NULL,
  name text NOT NULL,
  source text NOT NULL,
  changed_by text,
  changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO calendar_days (day, works, name, source)
SELECT day, works, name, '国务院办公厅关于2026年部分节假日安排的通知 2025-11-04' FROM (
  SELECT generate_series(first, last, interval '1 day')::date AS day, false AS works, name FROM (VALUES
    (date '2026-01-01', date '2026-01-03', '元旦'),
    (date '2026-02-15', date '2026-02-23', '春节'),
    (date '2026-04-04', date '2026-04-06', '清明节'),
    (date '2026-05-01', date '2026-05-05', '劳动节'),
    (date '2026-06-19', date '2026-06-21', '端午节'),
    (date '2026-09-25', date '2026-09-27', '中秋节'),
    (date '2026-10-01', date '2026-10-07', '国庆节')
  ) AS holidays (first, last, name)
  UNION ALL
  SELECT day, true, name FROM (VALUES
    (date '2026-01-04', '元旦调休'),
    (date '2026-02-14', '春节调休'),
    (date '2026-02-28', '春节调休'),
    (date '2026-05-09', '劳动节调休'),
    (date '2026-09-20', '国庆节调休'),
    (date '2026-10-10', '国庆节调休')
  ) AS made_up (day, name)
) days;

CREATE TABLE break_glasses (
  break_glass_id uuid PRIMARY KEY,
  person_id text NOT NULL,
  subject text NOT NULL,
  display_name text NOT NULL,
  hospital text NOT NULL,
  department text,
  kind text NOT NULL,
  reason text NOT NULL,
  second_factor_at timestamptz NOT NULL,
  opened_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- When it ended, by whom: its opener or its time. Null while it lasts, and some seconds longer.
  closed_at timestamptz,
  closed_by text CHECK (closed_by IN ('opener', 'time')),
  review_due_at timestamptz NOT NULL,
  -- When the first verdict was given, and when it was told that there was none in time.
  reviewed_at timestamptz,
  escalated_at timestamptz,
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE INDEX break_glasses_open ON break_glasses (subject, expires_at) WHERE closed_at IS NULL;
CREATE INDEX break_glasses_to_close ON break_glasses (expires_at) WHERE closed_at IS NULL;
CREATE INDEX break_glasses_to_escalate ON break_glasses (review_due_at) WHERE reviewed_at IS NULL AND escalated_at IS NULL;
CREATE INDEX break_glasses_waiting ON break_glasses (opened_at, break_glass_id) WHERE reviewed_at IS NULL;
CREATE INDEX break_glasses_reviewed ON break_glasses (opened_at DESC, break_glass_id DESC) WHERE reviewed_at IS NOT NULL;

-- Verdicts are added and never changed.
CREATE TABLE break_glass_reviews (
  review_id uuid PRIMARY KEY,
  break_glass_id uuid NOT NULL REFERENCES break_glasses,
  verdict text NOT NULL CHECK (verdict IN ('justified', 'not-justified', 'needs-talk')),
  note text NOT NULL,
  reviewed_by text NOT NULL,
  display_name text NOT NULL,
  reviewed_at timestamptz NOT NULL
);
CREATE INDEX break_glass_reviews_of ON break_glass_reviews (break_glass_id, reviewed_at);
CREATE TRIGGER break_glass_reviews_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON break_glass_reviews
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE break_glass_reviews ENABLE ALWAYS TRIGGER break_glass_reviews_are_never_changed;

-- What was looked at under it.
ALTER TABLE accesses ADD COLUMN break_glass_id uuid;
CREATE INDEX accesses_under_glass ON accesses (break_glass_id, at DESC, position DESC)
  WHERE NOT further AND break_glass_id IS NOT NULL;
