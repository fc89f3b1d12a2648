import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';

const Uid = z.object({ study_uid: z.string() });

/** Studies that are to be judged by a count of RIS; triggers of the ledger note them. */
export class CountedStudyStore {
  constructor(private readonly ledger: Ledger) {}

  waiting(limit: number): string[] {
    return this.ledger
      .query(Uid, 'SELECT study_uid FROM studies_to_count LIMIT ?', limit)
      .map(({ study_uid: uid }) => uid);
  }

  done(studyUid: string): void {
    this.ledger.prepare('DELETE FROM studies_to_count WHERE study_uid = ?').run(studyUid);
  }
}
