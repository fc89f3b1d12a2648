-- Up Migration

-- Of the one resident id of the patient's newest description, its address code and sequence code (domain/finding/resident-code.ts); 0: of
-- none, or of several. Who is looked for by name and birth date is hardly ever one with who has another resident id: of ten million people
-- nearly all that a name and a day bring together, which need not be read then.
CREATE TABLE named (
  patient_no bigint NOT NULL,
  name_id int NOT NULL,
  birth_date int NOT NULL,
  sound int NOT NULL,
  surname int NOT NULL,
  resident_code int NOT NULL
);
INSERT INTO named (patient_no, name_id, birth_date, sound, surname, resident_code)
SELECT n.patient_no, name_id, n.birth_date, sound, surname, coalesce(one.code, 0)
FROM patient_names n JOIN patients p USING (patient_no)
LEFT JOIN observations o ON o.patient_no = p.patient_no AND o.version = p.observation_version
LEFT JOIN LATERAL (
  SELECT (min(substr(number, 13, 6)) || min(substr(number, 27, 3)))::int AS code
  FROM unnest(o.numbers) AS stated (number) WHERE number LIKE 'RESIDENT\_ID %' HAVING count(*) = 1
) one ON true
ORDER BY n.patient_no;
DROP TABLE patient_names;
ALTER TABLE named RENAME TO patient_names;
ALTER TABLE patient_names ADD PRIMARY KEY (patient_no, name_id, birth_date);

-- A filling that was begun makes its indexes when it ends, and these instead of those before.
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN VALUES
    ('patient_names_by_name', 'CREATE INDEX patient_names_by_name ON patient_names (name_id, birth_date, patient_no)'),
    ('patient_names_by_sound', 'CREATE INDEX patient_names_by_sound ON patient_names (sound, birth_date, patient_no) INCLUDE (resident_code)'),
    ('patient_names_by_birth_date',
     'CREATE INDEX patient_names_by_birth_date ON patient_names (birth_date, surname, name_id, patient_no) INCLUDE (resident_code)')
  LOOP
    UPDATE put_back_later SET definition = made.column2 WHERE name = made.column1;
    IF NOT FOUND THEN EXECUTE made.column2; END IF;
  END LOOP;
END $$;
