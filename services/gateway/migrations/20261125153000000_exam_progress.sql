-- Studies whose images came, how far they are, and which exam they belong to. Times are instants, days those of the hospital.
CREATE TABLE studies (
  study_uid TEXT PRIMARY KEY,
  accession_number TEXT NOT NULL,
  -- JSON: requested procedure, placer and filler numbers that the images carry.
  order_numbers TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  patient_issuer TEXT NOT NULL,
  modality TEXT NOT NULL,
  study_date TEXT NOT NULL,
  first_at TEXT NOT NULL,
  day TEXT NOT NULL,
  -- When and why it was held for complete, and what was acknowledged then.
  complete_at TEXT,
  reason TEXT,
  confidence TEXT,
  received INTEGER NOT NULL DEFAULT 0,
  expected INTEGER,
  missing INTEGER NOT NULL DEFAULT 0,
  -- JSON: SOP Instance UIDs, some of them when they are many.
  missing_instances TEXT NOT NULL DEFAULT '[]',
  -- Instances that are in the spool only.
  waiting INTEGER NOT NULL DEFAULT 0,
  handed_over_at TEXT,
  refused INTEGER NOT NULL DEFAULT 0,
  -- What the registry says, and when it is asked next; null when there is nothing to ask.
  registered INTEGER,
  quarantined INTEGER NOT NULL DEFAULT 0,
  registered_at TEXT,
  compare_at TEXT,
  comparisons INTEGER NOT NULL DEFAULT 0,
  exam_id INTEGER REFERENCES exams,
  join_kind TEXT NOT NULL DEFAULT 'alone' CHECK (join_kind IN ('joined', 'ambiguous', 'suggested', 'alone')),
  join_rule TEXT,
  -- JSON: exams that it may belong to.
  candidates TEXT NOT NULL DEFAULT '[]'
) STRICT;
CREATE INDEX studies_by_exam ON studies (exam_id);
CREATE INDEX studies_by_day ON studies (day, join_kind);
CREATE INDEX studies_to_compare ON studies (compare_at) WHERE compare_at IS NOT NULL;
CREATE INDEX studies_by_accession_number ON studies (accession_number) WHERE accession_number <> '';
CREATE INDEX studies_by_patient ON studies (patient_id);
CREATE INDEX studies_waiting ON studies (study_uid) WHERE waiting > 0;
CREATE INDEX exams_by_study ON exams (study_instance_uid) WHERE study_instance_uid IS NOT NULL;
CREATE INDEX exams_by_patient_id ON exams (patient_id);
-- How many images RIS counts, where it does.
ALTER TABLE exams ADD COLUMN image_count INTEGER;

-- How far each exam has come, by which it is found. `look_again_at`: when time alone changes it.
CREATE TABLE exam_progress (
  exam_id INTEGER PRIMARY KEY REFERENCES exams ON DELETE CASCADE,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ordered', 'performed', 'received', 'uploaded', 'registered', 'cancelled')),
  performed_at TEXT,
  deadline_at TEXT,
  registered_at TEXT,
  standing TEXT CHECK (standing IN ('met', 'late', 'due', 'overdue')),
  gap TEXT,
  look_again_at TEXT
) STRICT;
CREATE INDEX exam_progress_by_day ON exam_progress (day, exam_id);
CREATE INDEX exam_progress_by_state ON exam_progress (state, exam_id);
CREATE INDEX exam_progress_by_standing ON exam_progress (standing, exam_id);
CREATE INDEX exam_progress_by_gap ON exam_progress (gap, exam_id) WHERE gap IS NOT NULL;
CREATE INDEX exam_progress_to_look_at ON exam_progress (look_again_at) WHERE look_again_at IS NOT NULL;

-- Which exam an order of a performed step is, by the same rules as images.
ALTER TABLE performed_step_orders ADD COLUMN exam_id INTEGER REFERENCES exams;
CREATE INDEX performed_step_orders_by_exam ON performed_step_orders (exam_id) WHERE exam_id IS NOT NULL;
CREATE INDEX performed_steps_by_patient ON performed_steps (patient_id);

-- Of what something has changed. Whoever changes an order need not know that completeness is proved. No OR IGNORE in triggers: an
-- upsert overrides it.
CREATE TABLE exams_to_judge (exam_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE studies_to_join (study_uid TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE steps_to_join (step_uid TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER exams_added AFTER INSERT ON exams BEGIN
  INSERT INTO exams_to_judge SELECT new.exam_id WHERE NOT EXISTS (SELECT 1 FROM exams_to_judge WHERE exam_id = new.exam_id);
END;
CREATE TRIGGER exams_changed AFTER UPDATE ON exams BEGIN
  INSERT INTO exams_to_judge SELECT new.exam_id WHERE NOT EXISTS (SELECT 1 FROM exams_to_judge WHERE exam_id = new.exam_id);
END;
CREATE TRIGGER performed_steps_added AFTER INSERT ON performed_steps BEGIN
  INSERT INTO steps_to_join SELECT new.step_uid WHERE NOT EXISTS (SELECT 1 FROM steps_to_join WHERE step_uid = new.step_uid);
END;
CREATE TRIGGER performed_steps_changed AFTER UPDATE ON performed_steps BEGIN
  INSERT INTO steps_to_join SELECT new.step_uid WHERE NOT EXISTS (SELECT 1 FROM steps_to_join WHERE step_uid = new.step_uid);
END;
INSERT INTO exams_to_judge SELECT exam_id FROM exams;
INSERT INTO steps_to_join SELECT step_uid FROM performed_steps;

-- What was reported of each day.
CREATE TABLE daily_reports (
  day TEXT PRIMARY KEY,
  reported_at TEXT NOT NULL,
  -- JSON, as in gateway.reported.
  report TEXT NOT NULL
) STRICT, WITHOUT ROWID;
