-- Up Migration

-- What grows with studies is parted by the study's UID, eight to a table, so that no index, vacuum or rebuild ever has to do with all
-- of it; a cluster distributes the same tables by the same column (ADR 0028). Keys hold the UID therefore.
ALTER TABLE series DROP CONSTRAINT series_study_uid_fkey;
ALTER TABLE packs DROP CONSTRAINT packs_study_uid_fkey;
ALTER TABLE quarantine_cases DROP CONSTRAINT quarantine_cases_study_uid_fkey;
ALTER TABLE prior_offers DROP CONSTRAINT prior_offers_study_uid_fkey;
ALTER TABLE quarantined_instances
  DROP CONSTRAINT quarantined_instances_digest_fkey,
  DROP CONSTRAINT quarantined_instances_displaced_digest_fkey;
ALTER TABLE studies RENAME TO whole_studies;
ALTER TABLE series RENAME TO whole_series;
ALTER TABLE packs RENAME TO whole_packs;

CREATE TABLE studies (LIKE whole_studies INCLUDING DEFAULTS INCLUDING CONSTRAINTS, PRIMARY KEY (study_uid))
  PARTITION BY HASH (study_uid);
CREATE TABLE series (LIKE whole_series INCLUDING DEFAULTS, PRIMARY KEY (study_uid, series_uid),
  CONSTRAINT series_of_study FOREIGN KEY (study_uid) REFERENCES studies) PARTITION BY HASH (study_uid);
-- A sequence and no identity: PostgreSQL 16 knows no identity of a parted table.
CREATE SEQUENCE packs_sequence AS bigint;
CREATE TABLE packs (LIKE whole_packs INCLUDING DEFAULTS, PRIMARY KEY (study_uid, digest),
  CONSTRAINT packs_of_study FOREIGN KEY (study_uid) REFERENCES studies) PARTITION BY HASH (study_uid);
ALTER TABLE packs ALTER COLUMN sequence SET DEFAULT nextval('packs_sequence');
ALTER SEQUENCE packs_sequence OWNED BY packs.sequence;

-- A study in the list of each hospital that treats its person, which is what a search that names nobody reads (ADR 0005).
CREATE TABLE treated_studies (
  study_uid text NOT NULL REFERENCES studies,
  treating_hospital text NOT NULL,
  listed_date text NOT NULL,
  listed_time text NOT NULL,
  listed_modalities text[] NOT NULL,
  PRIMARY KEY (study_uid, treating_hospital)
) PARTITION BY HASH (study_uid);

DO $$
BEGIN
  FOR part IN 0..7 LOOP
    EXECUTE format('CREATE TABLE studies_%s PARTITION OF studies FOR VALUES WITH (MODULUS 8, REMAINDER %s) WITH (fillfactor = 80)', part, part);
    EXECUTE format('CREATE TABLE series_%s PARTITION OF series FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
    EXECUTE format('CREATE TABLE packs_%s PARTITION OF packs FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
    EXECUTE format('CREATE TABLE treated_studies_%s PARTITION OF treated_studies FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
  END LOOP;
END $$;

INSERT INTO studies SELECT * FROM whole_studies;
INSERT INTO series SELECT * FROM whole_series;
INSERT INTO packs SELECT * FROM whole_packs;
SELECT setval('packs_sequence', COALESCE(max(sequence), 0) + 1, false) FROM packs;
DROP TABLE whole_series, whole_packs, whole_studies;

-- One order for every list: newest first, the UID where date and time are equal.
CREATE INDEX studies_of_person ON studies (person_id, study_date DESC, study_time DESC, study_uid);
CREATE INDEX studies_treating ON studies (person_id, hospital);
CREATE INDEX studies_of_patient ON studies (hospital, patient_issuer, patient_id);
CREATE INDEX studies_by_patient_id ON studies (patient_id text_pattern_ops);
CREATE INDEX studies_by_accession ON studies (accession_number text_pattern_ops) WHERE accession_number <> '';
CREATE INDEX studies_by_alphabetic ON studies (name_alphabetic text_pattern_ops) WHERE name_alphabetic <> '';
CREATE INDEX studies_by_ideographic ON studies (name_ideographic text_pattern_ops) WHERE name_ideographic <> '';
CREATE INDEX studies_by_phonetic ON studies (name_phonetic text_pattern_ops) WHERE name_phonetic <> '';
CREATE INDEX packs_in_order ON packs (study_uid, series_uid, sequence);
CREATE INDEX packs_by_digest ON packs (digest);
CREATE INDEX packs_received ON packs (hospital, committed_at) INCLUDE (stored, duplicates, quarantined);
CREATE INDEX treated_newest_first ON treated_studies (treating_hospital, listed_date DESC, listed_time DESC, study_uid)
  INCLUDE (listed_modalities);

ALTER TABLE quarantine_cases ADD CONSTRAINT quarantine_cases_of_study FOREIGN KEY (study_uid) REFERENCES studies;
ALTER TABLE prior_offers ADD CONSTRAINT prior_offers_of_study FOREIGN KEY (study_uid) REFERENCES studies;
ALTER TABLE quarantined_instances
  ADD CONSTRAINT quarantined_in_pack FOREIGN KEY (study_uid, digest) REFERENCES packs (study_uid, digest),
  ADD CONSTRAINT quarantined_displaces FOREIGN KEY (study_uid, displaced_digest) REFERENCES packs (study_uid, digest);

INSERT INTO treated_studies (study_uid, treating_hospital, listed_date, listed_time, listed_modalities)
SELECT s.study_uid, treating.hospital, s.study_date, s.study_time, s.modalities
FROM studies s JOIN (SELECT DISTINCT person_id, hospital FROM studies WHERE person_id IS NOT NULL) AS treating USING (person_id)
UNION ALL
SELECT study_uid, hospital, study_date, study_time, modalities FROM studies WHERE person_id IS NULL;
