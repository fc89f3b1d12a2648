-- What each link to the province carried and when it worked last, as of some seconds ago.
CREATE TABLE link_figures (
  name TEXT PRIMARY KEY,
  day TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  last_success_at INTEGER,
  last_failure_at INTEGER,
  last_failure TEXT
) STRICT;
