-- Up Migration

-- Further looks of one access are further rows with its access id; lists begin at the first row and add the others up.
ALTER TABLE accesses ADD COLUMN further boolean NOT NULL DEFAULT false;
ALTER TABLE accesses DISABLE TRIGGER accesses_are_never_changed;
UPDATE accesses a SET further = true
WHERE EXISTS (SELECT FROM accesses b WHERE b.access_id = a.access_id AND b.position < a.position);
-- Always: also for a session that plays a replica, which skips ordinary triggers.
ALTER TABLE accesses ENABLE ALWAYS TRIGGER accesses_are_never_changed;
CREATE INDEX accesses_of ON accesses (access_id, position);

-- Each way to list is one walk along an index, newest first.
DROP INDEX accesses_person, accesses_study, accesses_subject, accesses_actor_hospital, accesses_owner_hospital, accesses_at;
CREATE INDEX accesses_newest ON accesses (at DESC, position DESC) WHERE NOT further;
CREATE INDEX accesses_refused ON accesses (at DESC, position DESC) WHERE NOT further AND outcome = 'deny';
CREATE INDEX accesses_of_person ON accesses (person_id, at DESC, position DESC) WHERE NOT further AND person_id IS NOT NULL;
CREATE INDEX accesses_of_study ON accesses (study_uid, at DESC, position DESC) WHERE NOT further AND study_uid IS NOT NULL;
CREATE INDEX accesses_by_subject ON accesses (subject, at DESC, position DESC) WHERE NOT further;
CREATE INDEX accesses_by_hospital ON accesses (actor_hospital, at DESC, position DESC)
  WHERE NOT further AND actor_hospital IS NOT NULL;
CREATE INDEX accesses_at_hospital ON accesses (owner_hospital, at DESC, position DESC)
  WHERE NOT further AND owner_hospital IS NOT NULL;
-- Refusals are rare: a walk along all of a hospital's accesses would pass very many between two of them.
CREATE INDEX accesses_refused_by_hospital ON accesses (actor_hospital, at DESC, position DESC)
  WHERE NOT further AND outcome = 'deny' AND actor_hospital IS NOT NULL;
CREATE INDEX accesses_refused_at_hospital ON accesses (owner_hospital, at DESC, position DESC)
  WHERE NOT further AND outcome = 'deny' AND owner_hospital IS NOT NULL;

-- Every name that an account has acted under, so that a part of a name is looked for among people, not among accesses.
CREATE TABLE access_actors (
  subject text NOT NULL,
  display_name text NOT NULL,
  PRIMARY KEY (subject, display_name)
);
INSERT INTO access_actors SELECT DISTINCT subject, display_name FROM accesses;

DROP INDEX declared_relationships_newest;
CREATE INDEX declared_relationships_newest ON declared_relationships (declared_at DESC, relationship_id DESC);
CREATE INDEX declared_relationships_of_person
  ON declared_relationships (person_id, declared_at DESC, relationship_id DESC);
CREATE INDEX declared_relationships_by_hospital
  ON declared_relationships (hospital, declared_at DESC, relationship_id DESC);
