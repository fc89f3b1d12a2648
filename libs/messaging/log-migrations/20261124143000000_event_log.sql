-- Up Migration

CREATE SCHEMA event_log;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Where each partition of each topic ends. Appending locks the row until commit, so positions are given in commit order
-- and have no gaps: a reader that saw position n has missed nothing before it.
CREATE TABLE event_log.heads (
  topic text NOT NULL,
  partition int NOT NULL,
  head bigint NOT NULL,
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

CREATE TABLE event_log.records (
  topic text NOT NULL,
  partition int NOT NULL,
  position bigint NOT NULL,
  key text NOT NULL,
  event_id text NOT NULL,
  envelope text NOT NULL,
  appended_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, position),
  UNIQUE (topic, partition, event_id)
);

-- How far each consumer group has come. A role sees and moves only its own.
CREATE TABLE event_log.offsets (
  role name NOT NULL DEFAULT session_user,
  consumer_group text NOT NULL,
  topic text NOT NULL,
  partition int NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (role, consumer_group, topic, partition)
) WITH (fillfactor = 50);
ALTER TABLE event_log.offsets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_groups ON event_log.offsets USING (role = session_user) WITH CHECK (role = session_user);

-- Who may write which topic; a pattern may end in * .
CREATE TABLE event_log.acl (
  role name NOT NULL,
  pattern text NOT NULL,
  PRIMARY KEY (role, pattern)
);

CREATE FUNCTION event_log.may_write(writer name, wanted text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = event_log, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM acl
    WHERE role = writer
      AND (pattern = wanted OR (right(pattern, 1) = '*' AND starts_with(wanted, left(pattern, -1))))
  )
$$;

-- Appends events in the order given and returns how many were new: an event id that is already in its partition is left out.
-- Partitions are locked in one order, so that two appends never wait for each other.
CREATE FUNCTION event_log.append(topics text[], keys text[], event_ids text[], envelopes text[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = event_log, pg_temp AS $$
DECLARE
  partitions CONSTANT int := 4;
  target record;
  forbidden text;
  added bigint;
  total bigint := 0;
BEGIN
  SELECT t INTO forbidden FROM unnest(topics) AS t WHERE NOT may_write(session_user, t) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'permission denied for topic %', forbidden USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR target IN
    SELECT DISTINCT r.topic, abs(hashtextextended(r.key, 0) % partitions)::int AS partition
    FROM unnest(topics, keys) AS r (topic, key)
    ORDER BY 1, 2
  LOOP
    INSERT INTO heads (topic, partition, head) VALUES (target.topic, target.partition, 0) ON CONFLICT DO NOTHING;
    IF FOUND THEN
      PERFORM pg_notify('event_log', 'members');
    END IF;
    PERFORM FROM heads h WHERE h.topic = target.topic AND h.partition = target.partition FOR UPDATE;
    INSERT INTO records (topic, partition, position, key, event_id, envelope)
    SELECT target.topic, target.partition, h.head + row_number() OVER (ORDER BY r.place), r.key, r.event_id, r.envelope
    FROM heads h, (
      SELECT DISTINCT ON (g.event_id) g.*
      FROM unnest(topics, keys, event_ids, envelopes) WITH ORDINALITY AS g (topic, key, event_id, envelope, place)
      WHERE g.topic = target.topic AND abs(hashtextextended(g.key, 0) % partitions)::int = target.partition
      ORDER BY g.event_id, g.place
    ) r
    WHERE h.topic = target.topic AND h.partition = target.partition
      AND NOT EXISTS (
        SELECT FROM records old
        WHERE old.topic = target.topic AND old.partition = target.partition AND old.event_id = r.event_id
      );
    GET DIAGNOSTICS added = ROW_COUNT;
    IF added > 0 THEN
      UPDATE heads h SET head = h.head + added WHERE h.topic = target.topic AND h.partition = target.partition;
      total := total + added;
      PERFORM pg_notify('event_log', target.topic);
    END IF;
  END LOOP;
  RETURN total;
END
$$;

-- Deletes records older than the retention that every known group of that topic has passed; returns how many, 5,000 at most.
CREATE FUNCTION event_log.prune(retention interval) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = event_log, pg_temp AS $$
  WITH passed AS (
    SELECT topic, partition, min(position) AS position FROM offsets GROUP BY topic, partition
  ), old AS (
    SELECT r.topic, r.partition, r.position
    FROM passed p
    JOIN records r ON r.topic = p.topic AND r.partition = p.partition AND r.position <= p.position
    WHERE r.appended_at < now() - greatest(retention, interval '1 day')
    LIMIT 5000
  ), deleted AS (
    DELETE FROM records r USING old
    WHERE r.topic = old.topic AND r.partition = old.partition AND r.position = old.position
    RETURNING 1
  )
  SELECT count(*) FROM deleted
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA event_log FROM PUBLIC;
