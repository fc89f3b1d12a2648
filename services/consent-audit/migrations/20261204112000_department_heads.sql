-- Up Migration

-- Who answers for a department, as the directory tells it.
CREATE TABLE known_departments (
  hospital text NOT NULL,
  code text NOT NULL,
  head text,
  version int NOT NULL,
  PRIMARY KEY (hospital, code)
);
