import { Injectable } from '@nestjs/common';
import type { Restriction, Restrictions } from '@yinglian/access';
import type { EventData, OrderPlacedV1 } from '@yinglian/contracts';
import { Database, plannedOnce, type Sql } from '@yinglian/persistence';

/** Exams that were ordered as restricted; their studies are found by the accession number (ADR 0061). */
@Injectable()
export class RestrictedExamStore implements Restrictions {
  constructor(private readonly database: Database) {}

  async of(studyInstanceUids: readonly string[]): Promise<ReadonlyMap<string, Restriction>> {
    const rows = await this.database.query<{ studyUid: string; confidentiality: Restriction }>(
      `SELECT study_uid AS "studyUid", confidentiality FROM studies JOIN restricted_exams USING (hospital, accession_number)
       WHERE study_uid = ANY (${plannedOnce('$1', 'text[]')}) AND accession_number <> '' AND confidentiality <> 'normal'`,
      [studyInstanceUids],
      'restricted-exams',
    );
    return new Map(rows.map(({ studyUid, confidentiality }) => [studyUid, confidentiality]));
  }

  /** The latest message counts; one that says nothing changes nothing. What was just permitted is decided again. */
  static async record(tx: Sql, order: EventData<typeof OrderPlacedV1>): Promise<void> {
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
}
