-- Up Migration

-- Events that committed with their state change and are not in the event log yet.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  event_id text NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  envelope text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now()
);
-- Rows come and go all the time: without this the dead ones outnumber the living before the default threshold is met.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Events whose effect is committed. The topic is part of the identity because only the topic is guarded by the log.
CREATE TABLE inbox (
  topic text NOT NULL,
  event_id text NOT NULL,
  consumed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, event_id)
);
CREATE INDEX inbox_consumed_at ON inbox USING brin (consumed_at);

-- Events that could not be handled (dead), and later ones of the same key that wait behind them (parked).
CREATE TABLE dead_letters (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  key text NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  state text NOT NULL CHECK (state IN ('dead', 'parked')),
  reason text NOT NULL,
  attempts int NOT NULL,
  envelope text NOT NULL,
  dead_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (topic, event_id)
);
CREATE INDEX dead_letters_key ON dead_letters (topic, key, id);
