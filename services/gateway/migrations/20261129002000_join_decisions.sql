-- What people read to tell studies apart.
ALTER TABLE studies ADD COLUMN study_time TEXT NOT NULL DEFAULT '';
ALTER TABLE studies ADD COLUMN description TEXT NOT NULL DEFAULT '';

-- Studies that may belong to several exams, newest first, as the page lists them.
CREATE INDEX studies_undecided ON studies (first_at) WHERE join_kind IN ('ambiguous', 'suggested');

-- Which exam a study belongs to by a person's word, null for none of them. It stands, whatever numbers say later.
CREATE TABLE join_decisions (
  study_uid TEXT PRIMARY KEY REFERENCES studies ON DELETE CASCADE,
  exam_id INTEGER REFERENCES exams,
  decided_at TEXT NOT NULL,
  decided_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX join_decisions_by_time ON join_decisions (decided_at);
CREATE INDEX join_decisions_by_exam ON join_decisions (exam_id);
