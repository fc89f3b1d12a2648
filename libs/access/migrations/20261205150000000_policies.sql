-- Up Migration

-- The policies that two security administrators adopted; the last ones are in force. Without any, those of the release are (ADR 0061).
CREATE TABLE access_policies (
  adoption int PRIMARY KEY,
  files jsonb NOT NULL,
  adopted_at timestamptz NOT NULL
);

CREATE TRIGGER access_policies_changed AFTER INSERT ON access_policies
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
