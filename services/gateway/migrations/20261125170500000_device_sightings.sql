-- When each device was here last and for what, as of some seconds ago.
CREATE TABLE device_sightings (
  ae_title TEXT PRIMARY KEY,
  last_association_at TEXT,
  last_echo_at TEXT,
  last_image_at TEXT,
  images INTEGER NOT NULL
) STRICT;
