-- What became of instances at the province's registry: a device may ask after the spool has forgotten them.
CREATE TABLE instance_fates (
  sop_instance_uid TEXT PRIMARY KEY,
  sop_class_uid TEXT NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('registered', 'quarantined', 'refused')),
  decided_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX instance_fates_decided_at ON instance_fates (decided_at);

-- Requests of storage commitment (PS3.4 annex J) that were answered with Success and not yet reported on.
CREATE TABLE commitment_requests (
  request INTEGER PRIMARY KEY AUTOINCREMENT,
  ae_title TEXT NOT NULL,
  transaction_uid TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  UNIQUE (ae_title, transaction_uid)
) STRICT;
CREATE INDEX commitment_requests_received_at ON commitment_requests (received_at);
CREATE TABLE commitment_references (
  request INTEGER NOT NULL REFERENCES commitment_requests ON DELETE CASCADE,
  position INTEGER NOT NULL,
  sop_class_uid TEXT NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  PRIMARY KEY (request, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_references_sop_instance_uid ON commitment_references (sop_instance_uid);
