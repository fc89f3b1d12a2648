-- Up Migration

-- What auditors look into: opened by one of them, from a finding, or by the patient whom the records are about.
CREATE TABLE cases (
  case_id uuid PRIMARY KEY,
  origin text NOT NULL CHECK (origin IN ('auditor', 'patient', 'finding')),
  title text NOT NULL,
  -- Whom it is about; null where it is about nobody in particular.
  person_id text,
  opened_by text NOT NULL,
  display_name text NOT NULL,
  opened_at timestamptz NOT NULL,
  -- Follows from its entries: the newest verdict, and whether the patient was answered since.
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'decided', 'answered')),
  verdict text,
  decided_at timestamptz
);
CREATE INDEX cases_by_state ON cases (state, opened_at DESC, case_id DESC);
CREATE INDEX cases_opened ON cases (opened_at);
CREATE INDEX cases_of_person ON cases (person_id, opened_at DESC) WHERE person_id IS NOT NULL;

CREATE TABLE case_records (
  case_id uuid NOT NULL REFERENCES cases,
  access_id uuid NOT NULL,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (case_id, access_id)
);
CREATE INDEX case_records_of ON case_records (access_id);

-- Notes, verdicts and answers are added and never changed.
CREATE TABLE case_entries (
  entry_id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  kind text NOT NULL CHECK (kind IN ('note', 'verdict', 'answer')),
  verdict text CHECK (verdict IN ('unfounded', 'improper', 'unlawful')),
  body text NOT NULL,
  written_by text NOT NULL,
  display_name text NOT NULL,
  written_at timestamptz NOT NULL,
  CHECK ((kind = 'verdict') = (verdict IS NOT NULL))
);
CREATE INDEX case_entries_of ON case_entries (case_id, written_at, entry_id);
CREATE TRIGGER case_entries_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON case_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE case_entries ENABLE ALWAYS TRIGGER case_entries_are_never_changed;
