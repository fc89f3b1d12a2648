-- What people did on the gateway's page, so that a hospital can say who looked at a patient's message and who decided what.
CREATE TABLE operator_actions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  username TEXT NOT NULL,
  name TEXT NOT NULL,
  action TEXT NOT NULL,
  -- A device, a pack, a message by its number, a reason code: never a patient.
  target TEXT NOT NULL
) STRICT;

CREATE INDEX operator_actions_at ON operator_actions (at);
