import { Logger } from '@nestjs/common';
import { z } from 'zod';
import { NOTHING_SAID, type StudyExpectation } from '../domain/study-completion.js';
import type { Ledger } from '../ledger/ledger.js';
import type { InstanceFates } from './instance-fates.store.js';
import { PerformedStepStore } from './performed-step.store.js';

const Instance = z.object({ sop_instance_uid: z.string() });
const Count = z.object({ count: z.number().nullable() });

/** All that is asked for together with one of these instances. */
const ASKED_WITH = `SELECT DISTINCT every.sop_instance_uid FROM json_each(?) received
  CROSS JOIN commitment_references mine ON mine.sop_instance_uid = received.value
  JOIN commitment_references every ON every.request = mine.request`;
const ANY_REQUEST = 'SELECT count(*) AS count FROM (SELECT 1 FROM commitment_requests LIMIT 1)';
/** A count is of one study only when the exam has no other. */
const COUNTED = `SELECT max(exams.image_count) AS count FROM studies JOIN exams USING (exam_id)
  WHERE studies.study_uid = ?1 AND NOT EXISTS
    (SELECT 1 FROM studies other WHERE other.exam_id = studies.exam_id AND other.study_uid <> ?1)`;

/** What devices and RIS say of how many instances a study has; nothing, when the ledger fails. */
export class StudyExpectations {
  private readonly logger = new Logger(StudyExpectations.name);
  private readonly steps: PerformedStepStore;

  constructor(
    private readonly ledger: Ledger,
    private readonly fates: InstanceFates,
  ) {
    this.steps = new PerformedStepStore(ledger);
  }

  of(studyUid: string, received: ReadonlySet<string>): StudyExpectation {
    try {
      const [counted] = this.ledger.query(Count, COUNTED, studyUid);
      const steps = this.steps.ofStudy(studyUid);
      return { steps, committed: this.committed(received), risCount: counted?.count ?? null };
    } catch (error) {
      this.logger.error({ err: error }, 'What is said of a study cannot be read');
      return NOTHING_SAID;
    }
  }

  /** A request may name several studies: what has come and is not of this one, is of another. */
  private committed(received: ReadonlySet<string>): string[] {
    const [asked] = this.ledger.query(Count, ANY_REQUEST);
    if ((asked?.count ?? 0) === 0) return [];
    return this.ledger
      .query(Instance, ASKED_WITH, JSON.stringify([...received]))
      .map(({ sop_instance_uid: uid }) => uid)
      .filter((uid) => received.has(uid) || (!this.fates.isOnItsWay(uid) && this.fates.of(uid) === undefined));
  }
}
