-- Up Migration

-- When an opening ends by itself: midnight in China after the day that was said. What is closed has no end (ADR 0062).
ALTER TABLE consents ADD COLUMN ends_at timestamptz, ADD CHECK (ends_at IS NULL OR NOT closes);
