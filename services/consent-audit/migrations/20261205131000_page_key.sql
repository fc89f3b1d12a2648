-- Up Migration

-- Seals the rest of a search in the address of its next page.
CREATE TABLE page_key (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  key bytea NOT NULL
);
INSERT INTO page_key (key) VALUES (sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));
