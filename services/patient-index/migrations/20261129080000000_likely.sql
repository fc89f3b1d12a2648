-- Up Migration

-- What speaks for one person when a conflict of that kind is opened, in bits (domain/evidence); null where no evidence was weighed.
ALTER TABLE conflicts ADD COLUMN bits real;
