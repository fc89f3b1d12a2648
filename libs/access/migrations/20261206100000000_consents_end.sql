-- Up Migration

-- From then on the consent opens nothing, without any event; null: no end.
ALTER TABLE access_consents ADD COLUMN ends_at timestamptz;
