-- Instances of other hospitals that this gateway pushed to a device: none is sent twice, and none that comes back is taken for new.
CREATE TABLE sent_priors (
  destination TEXT NOT NULL,
  sop_instance_uid TEXT NOT NULL,
  study_instance_uid TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'refused')),
  reason TEXT NOT NULL DEFAULT '',
  changed_at INTEGER NOT NULL,
  PRIMARY KEY (destination, sop_instance_uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_priors_of_instance ON sent_priors (sop_instance_uid);
CREATE INDEX sent_priors_of_study ON sent_priors (study_instance_uid);
