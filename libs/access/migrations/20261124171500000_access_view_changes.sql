-- Up Migration

-- An objection to one study holds whoever the study is linked to, also while it is linked to nobody.
CREATE INDEX access_objections_of_study ON access_objections (study_uid)
  WHERE study_uid IS NOT NULL AND withdrawn_at IS NOT NULL AND granted_at IS NULL;

-- Every process of the service forgets the decisions it remembers as soon as a change of the view commits.
CREATE FUNCTION access_view_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('access_view', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER access_objections_changed AFTER INSERT OR UPDATE OR DELETE ON access_objections
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
CREATE TRIGGER access_relationships_changed AFTER INSERT OR UPDATE ON access_relationships
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
