-- Up Migration

-- A pack that is retired is read no more, and counts no more among those that are compact.
WITH gone AS (
  DELETE FROM compact_packs WHERE digest IN (SELECT digest FROM retired_packs) RETURNING *
), sums AS (
  SELECT hospital, modality, count(*) AS packs, sum(size_bytes) AS size_bytes, sum(stored_bytes) AS stored_bytes FROM gone GROUP BY hospital, modality
)
UPDATE compact_totals total SET packs = total.packs - sums.packs, size_bytes = total.size_bytes - sums.size_bytes,
  stored_bytes = total.stored_bytes - sums.stored_bytes
FROM sums WHERE (total.hospital, total.modality) = (sums.hospital, sums.modality);
