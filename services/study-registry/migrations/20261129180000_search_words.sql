-- Up Migration

-- What a study's patient is found by when a name is spoken or begun (libs/names): beside the study, so that its row is not indexed anew
-- whenever it grows. A new study's words come with it; those of older ones are filled in by the service, some hundred at a time.
CREATE TABLE study_names (
  study_uid text PRIMARY KEY REFERENCES studies,
  name_words tsvector NOT NULL
) PARTITION BY HASH (study_uid);
DO $$
BEGIN
  FOR part IN 0..7 LOOP
    EXECUTE format('CREATE TABLE study_names_%s PARTITION OF study_names FOR VALUES WITH (MODULUS 8, REMAINDER %s)', part, part);
  END LOOP;
END $$;
CREATE INDEX study_names_by_word ON study_names USING gin (name_words);

-- How far older studies have their words, in the order of their UIDs; no row once all have.
CREATE TABLE study_names_to_fill (through text PRIMARY KEY);
INSERT INTO study_names_to_fill SELECT '' WHERE EXISTS (SELECT 1 FROM studies);

-- Timezone Offset From UTC (0008,0201) of the study's first image that says it.
ALTER TABLE studies ADD COLUMN timezone_offset text NOT NULL DEFAULT '';

-- What a search tells of a series beyond its columns, in the DICOM JSON model. Null: registered before, and read from its pack when
-- somebody asks.
ALTER TABLE series ADD COLUMN told jsonb;
-- A series is found by its UID across the province.
CREATE INDEX series_by_uid ON series (series_uid);
