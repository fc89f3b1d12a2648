-- All exams with a gap, newest first, as the page lists them.
CREATE INDEX exam_progress_with_gap ON exam_progress (exam_id) WHERE gap IS NOT NULL;
