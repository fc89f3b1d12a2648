-- Up Migration

-- Persons who are looked at out of curiosity, as the province's auditors list them (ADR 0063).
CREATE TABLE vips (
  vip_id uuid PRIMARY KEY,
  person_id text NOT NULL,
  reason text NOT NULL,
  listed_by text NOT NULL,
  display_name text NOT NULL,
  listed_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE UNIQUE INDEX vips_of ON vips (person_id) WHERE ended_at IS NULL;
CREATE INDEX vips_listed ON vips (listed_at DESC, vip_id DESC) WHERE ended_at IS NULL;

INSERT INTO finding_rules (rule, valid_from, threshold, days, factor, source) VALUES
  ('SAME_FAMILY', '2026-01-01', 1, 1, NULL, '本软件默认值：与本人同姓同址者的影像，未见规范给出数值'),
  ('COLLEAGUE', '2026-01-01', 1, 1, NULL, '本软件默认值：本院同事的影像，无就诊和医嘱；依据《医疗机构病历管理规定》第十五条的精神'),
  ('VIP', '2026-01-01', 1, 1, NULL, '本软件默认值：重点人员的影像，无就诊和医嘱；依据《医疗机构病历管理规定》第十五条的精神');
