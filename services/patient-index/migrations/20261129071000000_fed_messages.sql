-- Up Migration

-- Messages that hospitals' systems fed (IHE ITI-8): one that is sent again changes nothing. MSH-10 is not relied on alone, since some
-- senders begin to count anew.
CREATE TABLE fed_messages (
  client text NOT NULL,
  control_id text NOT NULL,
  digest bytea NOT NULL,
  fed_at timestamptz NOT NULL,
  PRIMARY KEY (client, control_id, digest)
);
CREATE INDEX fed_messages_fed_at ON fed_messages (fed_at);
