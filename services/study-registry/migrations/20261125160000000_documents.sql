-- Up Migration

-- Documents that hospitals' reports embed (report.published names them by digest); the bytes are objects. Two hospitals may
-- have the same.
CREATE TABLE documents (
  hospital text NOT NULL,
  digest text NOT NULL,
  size_bytes bigint NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (hospital, digest)
);
