import { first, type Sql } from '@yinglian/persistence';

export interface ReceivedCounts {
  readonly packs: number;
  /** Instances. */
  readonly stored: number;
  readonly duplicates: number;
  readonly quarantined: number;
}

export const RECEIVED_SQL = `SELECT count(*)::int AS packs, COALESCE(sum(stored), 0)::int AS stored,
    COALESCE(sum(duplicates), 0)::int AS duplicates, COALESCE(sum(quarantined), 0)::int AS quarantined
  FROM packs WHERE hospital = $1 AND committed_at >= $2`;

export async function receivedOf(sql: Sql, hospital: string, since: Date): Promise<ReceivedCounts> {
  const counts = await first<ReceivedCounts>(sql, RECEIVED_SQL, [hospital, since]);
  return counts ?? { packs: 0, stored: 0, duplicates: 0, quarantined: 0 };
}
