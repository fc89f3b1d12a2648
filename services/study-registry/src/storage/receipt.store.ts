import type { CompletionReason, Confidence } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

export interface Receipt {
  readonly instances: number;
  readonly reason: CompletionReason;
  readonly confidence: Confidence;
  /** Instances that were listed or counted at the hospital. */
  readonly expected: number | null;
  readonly missing: number;
}

/** What gateways say that they have acknowledged of studies, and how sure they are that it is all. */
export class ReceiptStore {
  constructor(private readonly sql: Sql) {}

  /** Keeps the largest number, since what was acknowledged does not become less; of the same number the last word counts. */
  async put(studyUid: string, hospital: string, receipt: Receipt, decidedAt: string): Promise<void> {
    await this.sql.query(
      `INSERT INTO receipts (study_uid, hospital, instances, reason, quiet_since, confidence, expected, missing)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (study_uid, hospital) DO UPDATE
       SET instances = excluded.instances, reason = excluded.reason, quiet_since = excluded.quiet_since,
         confidence = excluded.confidence, expected = excluded.expected, missing = excluded.missing
       WHERE (receipts.instances, receipts.quiet_since) < (excluded.instances, excluded.quiet_since)`,
      [
        studyUid,
        hospital,
        receipt.instances,
        receipt.reason,
        decidedAt,
        receipt.confidence,
        receipt.expected,
        receipt.missing,
      ],
    );
  }

  find(studyUid: string, hospital: string): Promise<Receipt | undefined> {
    return first<Receipt>(
      this.sql,
      'SELECT instances, reason, confidence, expected, missing FROM receipts WHERE study_uid = $1 AND hospital = $2',
      [studyUid, hospital],
    );
  }
}
