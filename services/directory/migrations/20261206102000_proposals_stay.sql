-- Up Migration

-- What was proposed is decided on as it was proposed, and what was decided stays: nothing else of a proposal changes than that one
-- which waits is decided, and none goes (ADR 0059).
CREATE FUNCTION refuse_other_change_than_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decision constant text[] = '{state,decided_by,decided_at,decision_note,expires_at}';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.state = 'waiting' AND to_jsonb(OLD) - decision = to_jsonb(NEW) - decision THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a proposal is decided once and never changed';
END
$$;
CREATE TRIGGER role_proposals_are_never_changed BEFORE UPDATE OR DELETE ON role_proposals
  FOR EACH ROW EXECUTE FUNCTION refuse_other_change_than_decision();
CREATE TRIGGER role_proposals_are_never_emptied BEFORE TRUNCATE ON role_proposals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_change_than_decision();
ALTER TABLE role_proposals ENABLE ALWAYS TRIGGER role_proposals_are_never_changed;
ALTER TABLE role_proposals ENABLE ALWAYS TRIGGER role_proposals_are_never_emptied;
