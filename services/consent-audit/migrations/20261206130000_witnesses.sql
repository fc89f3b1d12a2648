-- Up Migration

-- At such a checkpoint the keys that sign became others (ADR 0065): it stays, whoever comes later is led by it.
ALTER TABLE log_checkpoints ADD COLUMN turns_keys boolean NOT NULL DEFAULT false;
CREATE INDEX log_checkpoints_turns ON log_checkpoints (size) WHERE turns_keys;

-- The keys by which hospitals' gateways sign what they saw of the log. One that became another stays: it verifies what it signed.
CREATE TABLE log_witness_keys (
  hospital text NOT NULL,
  verifier_key text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (hospital, verifier_key)
);

-- Lines to stand under a checkpoint. Of those of a hospital in an hour the last one is kept.
CREATE TABLE log_cosignatures (
  hospital text NOT NULL,
  size bigint NOT NULL REFERENCES log_checkpoints,
  line text NOT NULL,
  cosigned_at timestamptz NOT NULL,
  PRIMARY KEY (hospital, size)
);
CREATE INDEX log_cosignatures_of_checkpoint ON log_cosignatures (size);
