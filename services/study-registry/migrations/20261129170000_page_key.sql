-- Up Migration

-- The one key with which links to further pages are sealed, so that no address has what was searched by; all processes share it.
CREATE TABLE page_key (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  key bytea NOT NULL
);
INSERT INTO page_key (key) VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
