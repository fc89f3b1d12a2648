import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';

const Uid = z.object({ study_uid: z.string() });

const DUE = 'SELECT study_uid FROM studies WHERE compare_at <= ? ORDER BY compare_at LIMIT ?';
/**
 * The registry had it when it answered the last pack; what it had only later, it has since now. What it refused and has after all was
 * brought again. Ten seconds doubling to an hour.
 */
const PUT = `UPDATE studies SET registered = ?2, quarantined = ?3, comparisons = comparisons + 1,
    refused = CASE WHEN ?2 >= received THEN 0 ELSE refused END,
    registered_at = CASE WHEN ?2 < received OR ?3 > 0 THEN NULL
      WHEN registered >= received AND registered_at IS NOT NULL THEN registered_at
      WHEN comparisons = 0 THEN coalesce(handed_over_at, ?4) ELSE ?4 END,
    compare_at = CASE WHEN ?2 < received OR ?3 > 0
      THEN strftime('%Y-%m-%dT%H:%M:%fZ', ?4, '+' || min(10 << min(comparisons, 9), 3600) || ' seconds') END
  WHERE study_uid = ?1`;
const AGAIN = 'UPDATE studies SET compare_at = ? WHERE day = ? AND complete_at IS NOT NULL AND waiting = 0';

export interface AtRegistry {
  readonly studyInstanceUid: string;
  readonly registered: number;
  readonly quarantined: number;
}

/** Studies that were handed over, against what the registry has of them. */
export class ComparisonStore {
  constructor(private readonly ledger: Ledger) {}

  due(now: string, limit: number): string[] {
    return this.ledger.query(Uid, DUE, now, limit).map(({ study_uid: uid }) => uid);
  }

  put(found: readonly AtRegistry[], now: string): void {
    this.ledger.transaction(() => {
      for (const { studyInstanceUid, registered, quarantined } of found) {
        this.ledger.prepare(PUT).run(studyInstanceUid, registered, quarantined, now);
        this.ledger.prepare('INSERT OR IGNORE INTO studies_to_join VALUES (?)').run(studyInstanceUid);
      }
    });
  }

  /** All of the day are compared once more. */
  again(day: string, now: string): void {
    this.ledger.prepare(AGAIN).run(now, day);
  }
}
