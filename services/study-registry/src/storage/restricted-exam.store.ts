import type { EventData, OrderPlacedV1 } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/** The latest message counts; one that says nothing changes nothing. What was just permitted is decided again (ADR 0061). */
export async function recordConfidentiality(tx: Sql, order: EventData<typeof OrderPlacedV1>): Promise<void> {
  const { hospital, accessionNumber, confidentiality, recordedAt } = order;
  if (accessionNumber === null || confidentiality === undefined) return;
  await tx.query(
    `INSERT INTO restricted_exams AS known (hospital, accession_number, confidentiality, recorded_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (hospital, accession_number) DO UPDATE
     SET confidentiality = excluded.confidentiality, recorded_at = excluded.recorded_at
     WHERE known.recorded_at <= excluded.recorded_at`,
    [hospital, accessionNumber, confidentiality, recordedAt],
  );
  await tx.query("SELECT pg_notify('access_view', '')");
}
