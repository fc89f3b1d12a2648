import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';

const Row = z.object({
  sop_instance_uid: z.string(),
  state: z.enum(['sending', 'sent', 'refused']),
  reason: z.string(),
});

export interface SentPrior {
  readonly state: 'sending' | 'sent' | 'refused';
  readonly reason: string;
}

const LONGEST_REASON = 200;

/** Which instances of other hospitals were pushed to the hospital's devices. */
@Injectable()
export class SentPriors {
  constructor(private readonly ledger: Ledger) {}

  /** What became of a study's instances at a destination, by SOP Instance UID. */
  of(destination: string, studyInstanceUid: string): ReadonlyMap<string, SentPrior> {
    const rows = this.ledger.query(
      Row,
      'SELECT sop_instance_uid, state, reason FROM sent_priors WHERE study_instance_uid = ? AND destination = ?',
      studyInstanceUid,
      destination,
    );
    return new Map(rows.map(({ sop_instance_uid: uid, state, reason }) => [uid, { state, reason }]));
  }

  /** Durable when it resolves, and before the first is sent: what comes back is known. */
  async begin(destination: string, studyInstanceUid: string, sopInstanceUids: readonly string[]): Promise<void> {
    this.ledger.transaction(() => {
      const add = this.ledger.prepare(
        `INSERT INTO sent_priors (destination, sop_instance_uid, study_instance_uid, state, changed_at)
         VALUES (?, ?, ?, 'sending', ?) ON CONFLICT DO NOTHING`,
      );
      for (const uid of sopInstanceUids) add.run(destination, uid, studyInstanceUid, Date.now());
    });
    await this.ledger.durable();
  }

  finish(destination: string, sopInstanceUid: string, state: 'sent' | 'refused', reason = ''): void {
    this.ledger
      .prepare(
        'UPDATE sent_priors SET state = ?, reason = ?, changed_at = ? WHERE (destination, sop_instance_uid) = (?, ?)',
      )
      .run(state, reason.slice(0, LONGEST_REASON), Date.now(), destination, sopInstanceUid);
  }

  /** Whether this gateway pushed it to some device, so that it is not news of this hospital. */
  has(sopInstanceUid: string): boolean {
    return (
      this.ledger.prepare('SELECT 1 FROM sent_priors WHERE sop_instance_uid = ? LIMIT 1').get(sopInstanceUid) !==
      undefined
    );
  }

  /** Whether instances of that study were pushed: it is another hospital's. */
  hasStudy(studyInstanceUid: string): boolean {
    const sql = 'SELECT 1 FROM sent_priors WHERE study_instance_uid = ? LIMIT 1';
    return this.ledger.prepare(sql).get(studyInstanceUid) !== undefined;
  }
}
