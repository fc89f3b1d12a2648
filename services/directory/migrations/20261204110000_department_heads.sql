-- Up Migration

-- Who answers for those who work in a department: notices go to them.
ALTER TABLE departments ADD COLUMN head text CONSTRAINT departments_head REFERENCES staff;
