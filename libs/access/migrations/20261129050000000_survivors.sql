-- Up Migration

-- Who stands for whom (ADR 0026), as it was told last. Without a survivor the person stands for themselves again; the row
-- stays for its version, since what was told before may come after it.
CREATE TABLE access_survivors (
  person_id text PRIMARY KEY,
  survivor_id text,
  version int NOT NULL
);
CREATE INDEX access_survivors_of ON access_survivors (survivor_id) WHERE survivor_id IS NOT NULL;

CREATE TRIGGER access_survivors_changed AFTER INSERT OR UPDATE ON access_survivors
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
