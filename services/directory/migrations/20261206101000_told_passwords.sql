-- Up Migration

-- Somebody else made the password and knows it: who signs in with it chooses another one before anything else.
ALTER TABLE staff ADD COLUMN password_told boolean NOT NULL DEFAULT false;
