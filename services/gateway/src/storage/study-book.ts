import { Logger } from '@nestjs/common';
import { z } from 'zod';
import type { InstanceFate } from '../domain/instance-fate.js';
import type { DescribedStudy } from '../domain/join-images.js';
import type { SentSet } from '../domain/sent-instances.js';
import type { Completion } from '../domain/study-completion.js';
import type { Ledger } from '../ledger/ledger.js';

const MOST_NAMED_INSTANCES = 100;

const DESCRIBE = `INSERT INTO studies
    (study_uid, accession_number, order_numbers, patient_id, patient_issuer, modality, study_date, study_time, description,
      first_at, day)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (study_uid) DO UPDATE SET
    accession_number = coalesce(nullif(accession_number, ''), excluded.accession_number),
    description = coalesce(nullif(description, ''), excluded.description),
    order_numbers = CASE order_numbers WHEN '[]' THEN excluded.order_numbers ELSE order_numbers END`;

/** What is held for complete is to be compared with the registry, once nothing of it waits any more. */
const COMPARE = `compare_at = CASE WHEN complete_at IS NULL OR waiting > 0 THEN NULL
    ELSE coalesce(handed_over_at, complete_at) END, comparisons = 0`;
const JUDGED = `UPDATE studies SET complete_at = ?2, reason = ?3, confidence = ?4, received = ?5, expected = ?6, missing = ?7,
    missing_instances = ?8, waiting = ?9 WHERE study_uid = ?1`;
const HANDED_OVER = `UPDATE studies SET waiting = ?2, handed_over_at = ?3, refused = refused + ?4,
    sent = coalesce(?5, sent), sent_digest = CASE WHEN ?5 IS NULL THEN sent_digest ELSE ?6 END WHERE study_uid = ?1`;

/** What the ledger knows of studies on their way. A ledger that fails holds no image back: the spool is their truth. */
export class StudyBook {
  private readonly logger = new Logger(StudyBook.name);

  constructor(
    private readonly ledger: Ledger,
    private readonly dayOf: (instant: Date) => string,
  ) {}

  /** Its first image came, or one that says more of it. */
  describe(study: DescribedStudy, firstAt: string): void {
    this.change(study.studyInstanceUid, () => {
      const { patientId, patientIssuer, modality, studyDate, studyTime, description } = study;
      const numbers = [study.accessionNumber, JSON.stringify(study.orderNumbers)];
      const facts = [patientId, patientIssuer, modality, studyDate, studyTime, description];
      const day = this.dayOf(new Date(firstAt));
      this.ledger.prepare(DESCRIBE).run(study.studyInstanceUid, ...numbers, ...facts, firstAt, day);
    });
  }

  knows(studyUid: string): boolean {
    const found = z.object({ study_uid: z.string() });
    return this.ledger.query(found, 'SELECT study_uid FROM studies WHERE study_uid = ?', studyUid).length > 0;
  }

  /** It is held for complete. */
  judged(studyUid: string, completion: Completion, received: number, waiting: number, at: string): void {
    const { reason, confidence, expected, missing, missingInstances } = completion;
    const named = JSON.stringify(missingInstances.slice(0, MOST_NAMED_INSTANCES));
    this.change(studyUid, () => {
      const values = [at, reason, confidence, received, expected, missing, named, waiting];
      this.ledger.prepare(JUDGED).run(studyUid, ...values);
    });
  }

  /** Some of its instances left the spool, `waiting` did not. `sent` is all that the registry has taken of it, when that is known. */
  handedOver(studyUid: string, count: number, fate: InstanceFate, waiting: number, at: string, sent?: SentSet): void {
    const refused = fate === 'refused' ? count : 0;
    const values = [waiting, at, refused, sent?.count ?? null, sent?.digest ?? null];
    this.change(studyUid, () => this.ledger.prepare(HANDED_OVER).run(studyUid, ...values));
  }

  /** After a restart: what is in the spool now. A process that was killed may have handed over more than it wrote here. */
  recount(waitingOf: (studyUid: string) => number, at: string): void {
    const waiting = z.object({ study_uid: z.string() });
    for (const { study_uid: uid } of this.ledger.query(waiting, 'SELECT study_uid FROM studies WHERE waiting > 0')) {
      this.handedOver(uid, 0, 'registered', waitingOf(uid), at);
    }
  }

  private change(studyUid: string, work: () => void): void {
    try {
      this.ledger.transaction(() => {
        work();
        this.ledger.prepare(`UPDATE studies SET ${COMPARE} WHERE study_uid = ?`).run(studyUid);
        this.ledger.prepare('INSERT OR IGNORE INTO studies_to_join VALUES (?)').run(studyUid);
      });
    } catch (error) {
      this.logger.error({ err: error }, 'What becomes of a study cannot be written down');
    }
  }
}
