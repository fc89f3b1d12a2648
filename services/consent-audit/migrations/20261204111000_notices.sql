-- Up Migration

-- Who works where, as the directory tells it: notices go to those who are there.
CREATE TABLE known_staff (
  subject text PRIMARY KEY,
  hospital text,
  roles text[] NOT NULL,
  active boolean NOT NULL,
  version int NOT NULL
);
CREATE INDEX known_staff_of ON known_staff (hospital) WHERE active;

-- What somebody is to hear of: one account, those of a role at a hospital (null: of the commission), or a patient.
CREATE TABLE notices (
  notice_id uuid PRIMARY KEY,
  kind text NOT NULL,
  break_glass_id uuid NOT NULL REFERENCES break_glasses,
  to_subject text,
  to_role text,
  to_hospital text,
  to_person text,
  sent_at timestamptz NOT NULL,
  CHECK (num_nonnulls(to_subject, to_role, to_person) = 1)
);
CREATE INDEX notices_to_subject ON notices (to_subject, sent_at DESC, notice_id) WHERE to_subject IS NOT NULL;
CREATE INDEX notices_to_role ON notices (to_role, coalesce(to_hospital, ''), sent_at DESC, notice_id) WHERE to_role IS NOT NULL;
CREATE INDEX notices_to_person ON notices (to_person, sent_at DESC, notice_id) WHERE to_person IS NOT NULL;
CREATE INDEX notices_about ON notices (break_glass_id);

CREATE TABLE notice_readings (
  subject text NOT NULL,
  notice_id uuid NOT NULL REFERENCES notices,
  read_at timestamptz NOT NULL,
  PRIMARY KEY (subject, notice_id)
);
