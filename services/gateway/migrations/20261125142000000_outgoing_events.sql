-- Events that a ledger transaction decided on and the province's event log does not have yet, in the order of decision.
CREATE TABLE outgoing_events (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id TEXT NOT NULL UNIQUE,
  topic TEXT NOT NULL,
  key TEXT NOT NULL,
  envelope TEXT NOT NULL
) STRICT;
