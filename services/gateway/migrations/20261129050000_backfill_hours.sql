-- What the backfill did, hour by hour: what came so far, and the speed by which the time left is reckoned.
CREATE TABLE backfill_hours (
  -- Hours since 1970.
  hour INTEGER PRIMARY KEY,
  instances INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  -- Studies that were moved whole.
  studies INTEGER NOT NULL,
  -- For how long it was at work: neither paused nor held back by the time of day or the limit of the hour.
  working_ms INTEGER NOT NULL
) STRICT;
