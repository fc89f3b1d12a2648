-- Up Migration

-- Numbers that a hospital goes on with no more, since it joined them to another one (ADT A40). Whose they are, patients say.
CREATE TABLE given_up_numbers (
  hospital text NOT NULL,
  issuer text NOT NULL,
  local_id text NOT NULL,
  into_issuer text NOT NULL,
  into_id text NOT NULL,
  given_up_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, issuer, local_id)
);
