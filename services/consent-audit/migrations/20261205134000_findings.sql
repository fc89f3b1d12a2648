-- Up Migration

-- What is unusual, as data: how much of it within how many days is a finding, from which day on, and whose figure that is.
CREATE TABLE finding_rules (
  rule text NOT NULL,
  valid_from date NOT NULL,
  threshold int NOT NULL CHECK (threshold > 0),
  days int NOT NULL CHECK (days BETWEEN 1 AND 31),
  -- How many times what peers do, for rules that compare; null for those that do not.
  factor float8,
  source text NOT NULL,
  PRIMARY KEY (rule, valid_from)
);
INSERT INTO finding_rules (rule, valid_from, threshold, days, factor, source) VALUES
  ('DECLARED_ONLY', '2026-01-01', 10, 1, NULL, '本软件默认值：未见规范给出数值；依据《医疗机构病历管理规定》第十五条的精神'),
  ('MORE_THAN_PEERS', '2026-01-01', 30, 1, 4, '本软件默认值：未见规范给出数值'),
  ('AT_NIGHT', '2026-01-01', 20, 1, NULL, '本软件默认值：22 时至次日 6 时，未见规范给出数值'),
  ('BREAK_GLASS_CLUSTER', '2026-01-01', 3, 7, NULL, '本软件默认值：未见规范给出数值；依据个人信息保护法第十三条第一款第四项'),
  ('REFUSED_OFTEN', '2026-01-01', 15, 1, NULL, '本软件默认值：未见规范给出数值'),
  ('OWN_RECORD', '2026-01-01', 1, 1, NULL, '本软件默认值：本人账号查看本人记录');

-- One a rule, account and day, which grows while more is done.
CREATE TABLE findings (
  finding_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  rule text NOT NULL,
  subject text NOT NULL,
  display_name text NOT NULL,
  hospital text,
  day date NOT NULL,
  count int NOT NULL,
  threshold int NOT NULL,
  found_at timestamptz NOT NULL,
  -- Settled by a case, or by an auditor who says why it is none.
  settled_at timestamptz,
  settled_by text,
  case_id uuid REFERENCES cases,
  note text,
  UNIQUE (rule, subject, day)
);
CREATE INDEX findings_open ON findings (found_at DESC, finding_id DESC) WHERE settled_at IS NULL;
CREATE INDEX findings_settled ON findings (found_at DESC, finding_id DESC) WHERE settled_at IS NOT NULL;

CREATE TABLE finding_records (
  finding_id uuid NOT NULL REFERENCES findings,
  access_id uuid NOT NULL,
  PRIMARY KEY (finding_id, access_id)
);

-- How many persons an account opened on a day: what peers are compared by.
CREATE TABLE actor_days (
  subject text NOT NULL,
  day date NOT NULL,
  hospital text NOT NULL,
  role text NOT NULL,
  persons int NOT NULL,
  PRIMARY KEY (subject, day)
);
CREATE INDEX actor_days_of_peers ON actor_days (hospital, role, day);

-- How far the log was looked through.
CREATE TABLE finding_progress (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  next_position bigint NOT NULL
);
INSERT INTO finding_progress (next_position) VALUES (0);
