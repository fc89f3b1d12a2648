import { first, type Sql } from '@yinglian/persistence';

export interface Receipt {
  readonly instances: number;
  readonly reason: 'QUIET_AFTER_RELEASE' | 'QUIET_TIME';
}

/** What gateways say that they have acknowledged of studies. */
export class ReceiptStore {
  constructor(private readonly sql: Sql) {}

  /** Keeps the largest number: what was acknowledged does not become less. */
  async put(studyUid: string, hospital: string, receipt: Receipt, quietSince: string): Promise<void> {
    await this.sql.query(
      `INSERT INTO receipts (study_uid, hospital, instances, reason, quiet_since) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (study_uid, hospital) DO UPDATE
       SET instances = excluded.instances, reason = excluded.reason, quiet_since = excluded.quiet_since
       WHERE receipts.instances < excluded.instances`,
      [studyUid, hospital, receipt.instances, receipt.reason, quietSince],
    );
  }

  find(studyUid: string, hospital: string): Promise<Receipt | undefined> {
    return first<Receipt>(this.sql, 'SELECT instances, reason FROM receipts WHERE study_uid = $1 AND hospital = $2', [
      studyUid,
      hospital,
    ]);
  }
}
