import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';

const Uid = z.object({ study_uid: z.string() });
const Sent = z.object({
  sent: z.number(),
  sent_digest: z.string().nullable(),
  held_digest: z.string().nullable(),
  differing: z.number(),
  differing_instances: z.string(),
});
const Uids = z.array(z.string());

const MOST_NAMED_INSTANCES = 100;

const DUE = 'SELECT study_uid FROM studies WHERE compare_at <= ? ORDER BY compare_at LIMIT ?';
/**
 * The registry had it when it answered the last pack; what it had only later, it has since now. What it refused and has after all was
 * brought again. Ten seconds doubling to an hour.
 */
const PUT = `UPDATE studies SET registered = ?2, quarantined = ?3, comparisons = comparisons + 1,
    refused = CASE WHEN ?2 >= received THEN 0 ELSE refused END,
    held_digest = coalesce(?5, held_digest), differing = ?6, differing_instances = ?7,
    registered_at = CASE WHEN ?2 < received OR ?3 > 0 OR ?6 > 0 THEN NULL
      WHEN registered >= received AND registered_at IS NOT NULL THEN registered_at
      WHEN comparisons = 0 THEN coalesce(handed_over_at, ?4) ELSE ?4 END,
    compare_at = CASE WHEN ?2 < received OR ?3 > 0 OR ?6 > 0
      THEN strftime('%Y-%m-%dT%H:%M:%fZ', ?4, '+' || min(10 << min(comparisons, 9), 3600) || ' seconds') END
  WHERE study_uid = ?1`;
const AGAIN = 'UPDATE studies SET compare_at = ? WHERE day = ? AND complete_at IS NOT NULL AND waiting = 0';

export interface AtRegistry {
  readonly studyInstanceUid: string;
  readonly registered: number;
  readonly quarantined: number;
  /** Of the registered instances (`changedSetDigest`), when the registry knows it. */
  readonly digest: string | null;
}

/** What came of holding a study against the registry instance by instance. */
export interface Held {
  /** What the registry had then; null when nothing was held. */
  readonly digest: string | null;
  /** SOP Instance UIDs under which it has something else than was sent; `count` of them, the first named. */
  readonly count: number;
  readonly instances: readonly string[];
}

export interface ComparedStudy extends AtRegistry {
  readonly held: Held;
}

export interface KnownStudy {
  readonly sent: number;
  readonly sentDigest: string | null;
  readonly held: Held;
}

/** Studies that were handed over, against what the registry has of them. */
export class ComparisonStore {
  constructor(private readonly ledger: Ledger) {}

  due(now: string, limit: number): string[] {
    return this.ledger.query(Uid, DUE, now, limit).map(({ study_uid: uid }) => uid);
  }

  known(studyUid: string): KnownStudy | undefined {
    const [row] = this.ledger.query(
      Sent,
      `SELECT ${Object.keys(Sent.shape).join(', ')} FROM studies WHERE study_uid = ?`,
      studyUid,
    );
    if (row === undefined) return undefined;
    const { sent, sent_digest: sentDigest, held_digest: digest, differing: count } = row;
    return { sent, sentDigest, held: { digest, count, instances: Uids.parse(JSON.parse(row.differing_instances)) } };
  }

  put(found: readonly ComparedStudy[], now: string): void {
    this.ledger.transaction(() => {
      for (const { studyInstanceUid, registered, quarantined, held } of found) {
        const named = JSON.stringify(held.instances.slice(0, MOST_NAMED_INSTANCES));
        this.ledger.prepare(PUT).run(studyInstanceUid, registered, quarantined, now, held.digest, held.count, named);
        this.ledger.prepare('INSERT OR IGNORE INTO studies_to_join VALUES (?)').run(studyInstanceUid);
      }
    });
  }

  /** All of the day are compared once more. */
  again(day: string, now: string): void {
    this.ledger.prepare(AGAIN).run(now, day);
  }
}
