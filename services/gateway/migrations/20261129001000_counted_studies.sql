-- Studies that are to be judged by the count of RIS: it has counted anew, or the study came to a counted exam or left it, which also
-- changes whether the exam has one study only. No OR IGNORE in triggers: an upsert overrides it.
CREATE TABLE studies_to_count (study_uid TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER exams_counted AFTER UPDATE OF image_count ON exams WHEN new.image_count IS NOT old.image_count BEGIN
  INSERT INTO studies_to_count SELECT s.study_uid FROM studies s WHERE s.exam_id = new.exam_id
    AND NOT EXISTS (SELECT 1 FROM studies_to_count c WHERE c.study_uid = s.study_uid);
END;
CREATE TRIGGER studies_joined AFTER UPDATE OF exam_id ON studies WHEN new.exam_id IS NOT old.exam_id BEGIN
  INSERT INTO studies_to_count SELECT s.study_uid FROM studies s
    WHERE (s.exam_id = new.exam_id OR s.exam_id = old.exam_id OR s.study_uid = new.study_uid)
    AND EXISTS (SELECT 1 FROM exams e WHERE e.exam_id IN (old.exam_id, new.exam_id) AND e.image_count IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM studies_to_count c WHERE c.study_uid = s.study_uid);
END;
