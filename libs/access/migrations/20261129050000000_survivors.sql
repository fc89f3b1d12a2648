-- Up Migration

-- Who stands for whom (ADR 0026), as it was told last. Without a survivor the person stands for themselves again; the row
-- stays for its version, since what was told before may come after it.
CREATE TABLE access_survivors (
  person_id text PRIMARY KEY,
  survivor_id text,
  version int NOT NULL
);
CREATE INDEX access_survivors_of ON access_survivors (survivor_id) WHERE survivor_id IS NOT NULL;

-- Everybody who is one with a person, who is among them. It goes all ways and as far as they lead: merges of several persons
-- are told in any order, so that for a moment a survivor may have one, or two may stand for each other. Strict, since it
-- would be dissolved into the query otherwise: PostgreSQL expects a recursion to find very many, and would read whole tables.
CREATE FUNCTION access_group(asked text) RETURNS SETOF text LANGUAGE sql STABLE STRICT ROWS 2 AS $$
  WITH RECURSIVE one (person_id) AS (
    SELECT asked
    UNION
    SELECT near.person_id FROM one CROSS JOIN LATERAL (
      SELECT survivor_id AS person_id FROM access_survivors s WHERE s.person_id = one.person_id AND survivor_id IS NOT NULL
      UNION ALL
      SELECT s.person_id FROM access_survivors s WHERE s.survivor_id = one.person_id
    ) near
  )
  SELECT person_id FROM one
$$;

CREATE TRIGGER access_survivors_changed AFTER INSERT OR UPDATE ON access_survivors
  FOR EACH STATEMENT EXECUTE FUNCTION access_view_changed();
