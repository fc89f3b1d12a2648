-- Modality performed procedure steps (PS3.4 annex F), as the devices' last messages say.
CREATE TABLE performed_steps (
  step_uid TEXT PRIMARY KEY,
  status TEXT NOT NULL CHECK (status IN ('IN PROGRESS', 'COMPLETED', 'DISCONTINUED')),
  ae_title TEXT NOT NULL,
  modality TEXT NOT NULL,
  patient_id TEXT NOT NULL,
  patient_issuer TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  changed_at TEXT NOT NULL,
  -- SHA-256 of the message that said so last: a device that lost the answer says it again.
  digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX performed_steps_by_change ON performed_steps (changed_at);

-- What was asked for and is performed by a step; usually one order, sometimes several in one go.
CREATE TABLE performed_step_orders (
  step_uid TEXT NOT NULL REFERENCES performed_steps ON DELETE CASCADE,
  position INTEGER NOT NULL,
  study_uid TEXT NOT NULL,
  accession_number TEXT NOT NULL,
  requested_procedure_id TEXT NOT NULL,
  placer_order_number TEXT NOT NULL,
  filler_order_number TEXT NOT NULL,
  PRIMARY KEY (step_uid, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX performed_step_orders_by_study ON performed_step_orders (study_uid);
CREATE INDEX performed_step_orders_by_accession_number ON performed_step_orders (accession_number);

-- The instances that a step lists as its outcome.
CREATE TABLE performed_instances (
  step_uid TEXT NOT NULL REFERENCES performed_steps ON DELETE CASCADE,
  sop_instance_uid TEXT NOT NULL,
  PRIMARY KEY (step_uid, sop_instance_uid)
) STRICT, WITHOUT ROWID;
