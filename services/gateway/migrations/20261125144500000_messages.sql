-- HL7 v2 messages as they came. `received`: to be applied. `waiting`: behind a parked one. `parked`: a person is needed.
-- `ignored`: the hospital takes no messages of this type. Settled ones are deleted after some days.
CREATE TABLE messages (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  digest TEXT NOT NULL UNIQUE,
  received_at TEXT NOT NULL,
  application TEXT NOT NULL,
  facility TEXT NOT NULL,
  control_id TEXT NOT NULL,
  type TEXT NOT NULL,
  -- The sender used the control id before, for another message.
  is_id_reused INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received', 'waiting', 'parked', 'applied', 'ignored', 'discarded')),
  settled_at TEXT,
  -- Of a parked one: why, and where in the message. Of a discarded one: what the person said, and who.
  reason TEXT,
  place TEXT,
  decided_by TEXT
) STRICT;
CREATE INDEX messages_by_state ON messages (state, sequence);
CREATE INDEX messages_by_reason ON messages (reason, sequence) WHERE state = 'parked';
CREATE INDEX messages_by_control_id ON messages (application, facility, control_id);
CREATE INDEX messages_by_settling ON messages (state, settled_at) WHERE settled_at IS NOT NULL;

-- Whose order a parked or waiting message keeps: later messages of the same patient or order wait behind it.
CREATE TABLE message_holds (
  key TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  PRIMARY KEY (key, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_holds_by_message ON message_holds (sequence);

-- Behind which keys a waiting message waits.
CREATE TABLE message_waits (
  key TEXT NOT NULL,
  sequence INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  PRIMARY KEY (key, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_waits_by_message ON message_waits (sequence);

-- What each sender sent, by day in the hospital's time zone.
CREATE TABLE message_days (
  day TEXT NOT NULL,
  application TEXT NOT NULL,
  facility TEXT NOT NULL,
  received INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  last_at TEXT NOT NULL,
  PRIMARY KEY (day, application, facility)
) STRICT, WITHOUT ROWID;

-- What HIS and RIS said, as of the last message.
CREATE TABLE patients (
  issuer TEXT NOT NULL,
  id TEXT NOT NULL,
  -- JSON: name, birthDate, sex, otherIds. Null for a number that is known only as given up.
  description TEXT,
  merged_into_issuer TEXT,
  merged_into_id TEXT,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (issuer, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE encounters (
  patient_issuer TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  encounter_id TEXT NOT NULL,
  class TEXT NOT NULL,
  status TEXT NOT NULL,
  department TEXT,
  started_at TEXT,
  ended_at TEXT,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (patient_issuer, patient_id, encounter_id)
) STRICT, WITHOUT ROWID;

-- One ordered examination. It is found by any of its three numbers.
CREATE TABLE exams (
  exam_id INTEGER PRIMARY KEY AUTOINCREMENT,
  accession_number TEXT,
  placer_order_number TEXT,
  filler_order_number TEXT,
  patient_issuer TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  encounter_id TEXT,
  study_instance_uid TEXT,
  item_code TEXT,
  item_name TEXT NOT NULL,
  provincial_item_code TEXT,
  modality TEXT,
  body_part TEXT,
  priority TEXT NOT NULL CHECK (priority IN ('urgent', 'routine')),
  department TEXT,
  ordered_at TEXT,
  performed_at TEXT,
  reported_at TEXT,
  cancelled_at TEXT,
  report_status TEXT,
  changed_at TEXT NOT NULL,
  CHECK (coalesce(accession_number, placer_order_number, filler_order_number) IS NOT NULL)
) STRICT;
CREATE INDEX exams_by_accession_number ON exams (accession_number);
CREATE INDEX exams_by_placer_order_number ON exams (placer_order_number);
CREATE INDEX exams_by_filler_order_number ON exams (filler_order_number);
CREATE INDEX exams_by_patient ON exams (patient_issuer, patient_id);

-- Every version of a report, as RIS published it.
CREATE TABLE reports (
  report_id INTEGER PRIMARY KEY AUTOINCREMENT,
  exam_id INTEGER NOT NULL REFERENCES exams,
  status TEXT NOT NULL,
  -- JSON: title and text of each section, whole.
  sections TEXT NOT NULL,
  reported_at TEXT NOT NULL
) STRICT;
CREATE INDEX reports_by_exam ON reports (exam_id);

-- Documents that reports embed, once each, until the province has them.
CREATE TABLE documents (
  digest TEXT PRIMARY KEY,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  uploaded_at TEXT
) STRICT;
CREATE TABLE report_documents (
  report_id INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
  position INTEGER NOT NULL,
  digest TEXT NOT NULL REFERENCES documents,
  PRIMARY KEY (report_id, position)
) STRICT, WITHOUT ROWID;
