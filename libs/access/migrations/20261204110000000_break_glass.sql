-- Up Migration

-- Who has broken the glass for whom, and when it ends: by its time, or earlier by its opener. It stays for a day after its end, so
-- that an opening which the log delivers again opens nothing.
CREATE TABLE access_break_glasses (
  break_glass_id uuid PRIMARY KEY,
  person_id text NOT NULL,
  subject text NOT NULL,
  ends_at timestamptz NOT NULL
);
CREATE INDEX access_break_glasses_of ON access_break_glasses (person_id, subject, ends_at);
CREATE INDEX access_break_glasses_end ON access_break_glasses (ends_at);

CREATE TRIGGER access_break_glasses_changed AFTER INSERT OR UPDATE ON access_break_glasses
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
