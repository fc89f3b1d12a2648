-- Up Migration

-- Numbers under which so many patients were registered who are not one that they say nothing any more: nobody is linked by them, and no
-- steward is asked again.
CREATE TABLE doubtful_numbers (
  number text PRIMARY KEY,
  patients int NOT NULL,
  since timestamptz NOT NULL
);
CREATE INDEX conflicts_about_number ON conflicts (number) WHERE number <> '';
