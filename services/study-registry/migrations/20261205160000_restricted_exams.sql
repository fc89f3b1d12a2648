-- Up Migration

-- Exams that a hospital ordered as restricted, by the accession number that their images carry (HL7 ORC-28; ADR 0061).
CREATE TABLE restricted_exams (
  hospital text NOT NULL,
  accession_number text NOT NULL,
  confidentiality text NOT NULL CHECK (confidentiality IN ('normal', 'restricted', 'very-restricted')),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, accession_number)
);
