-- Up Migration

-- Records of deeds stand in the same trail: what it was done to, where that is no person, study or account.
ALTER TABLE accesses ADD COLUMN object_kind text, ADD COLUMN object_id text;

-- Of actions and purposes some are rare: a walk along all accesses would pass very many between two of them.
CREATE INDEX accesses_by_action ON accesses (action, at DESC, position DESC) WHERE NOT further;
CREATE INDEX accesses_by_purpose ON accesses (purpose_of_use, at DESC, position DESC) WHERE NOT further;
