-- Up Migration

-- Of whom it cannot be asked is tried again later, and holds up nobody.
ALTER TABLE newcomers ADD COLUMN next_try_at timestamptz NOT NULL DEFAULT '-infinity';
