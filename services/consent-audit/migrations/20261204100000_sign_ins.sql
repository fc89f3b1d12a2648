-- Up Migration

-- Records of sign-ins stand in the same trail: the account that something was done to, and from where.
ALTER TABLE accesses ADD COLUMN account text, ADD COLUMN address text;
