import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint } from '@yinglian/access';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { OpenedStudies } from '../open-study/opened-studies.js';
import { QuarantineStore } from '../storage/quarantine.store.js';
import type { CaseState, QuarantineCase, StewardDecision } from '../storage/quarantine-case.js';
import { StudyStore } from '../storage/study.store.js';
import { registryProblems as problems } from '../study-registry.errors.js';
import { aboutQuarantine } from './about-quarantine.js';
import { ExchangeVersions } from './exchange-versions.handler.js';

export interface DecideCase {
  readonly caseId: string;
  readonly decision: StewardDecision;
  /** Of the case as the steward saw it. */
  readonly version: number;
  readonly note: string;
}

export interface DecidedCase {
  readonly state: CaseState;
  readonly version: number;
}

const STATES: Readonly<Record<StewardDecision, CaseState>> = { keep: 'kept', take: 'taken', undo: 'open' };

/** A steward's decision about a case, and its undoing: recorded with who, when and why, in one transaction with its effect. */
@Injectable()
export class DecideCaseHandler {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly exchangeVersions: ExchangeVersions,
    private readonly opened: OpenedStudies,
  ) {}

  /** Failures: the refusal's 403; QUARANTINE_CASE_NOT_FOUND, …_CHANGED, …_OTHER_PATIENT, …_TAKE_NOT_POSSIBLE, …_REPLACED_SINCE. */
  async execute(asked: DecideCase, steward: PersonPrincipal, at: Date): Promise<Result<DecidedCase>> {
    const known = await new QuarantineStore(this.database).find(asked.caseId);
    const study = await new StudyStore(this.database).find(known?.studyUid ?? '');
    const query = ['quarantine', asked.decision];
    const decided = await this.access.authorize(aboutQuarantine(steward, study ?? null), { query });
    if (!decided.ok) return decided;
    if (known === undefined) return failure(problems.QUARANTINE_CASE_NOT_FOUND);
    return this.opened.change(known.studyUid, async (tx) => {
      const current = await new QuarantineStore(tx).find(asked.caseId);
      const isAsSeen = current?.version === asked.version && (current.state === 'open') === (asked.decision !== 'undo');
      if (current === undefined || !isAsSeen) return failure(problems.QUARANTINE_CASE_CHANGED);
      const changed = await this.carryOut(tx, current, asked.decision, at);
      if (!changed.ok) return changed;
      const state = STATES[asked.decision];
      await new QuarantineStore(tx).decide(asked.caseId, state, {
        decision: asked.decision,
        decidedBy: steward.subject,
        decidedByName: steward.displayName,
        decidedAt: at,
        note: asked.note,
      });
      const about = {
        studyInstanceUid: known.studyUid,
        hospital: study?.hospital ?? null,
        personId: study?.person_id ?? null,
      };
      const object = { kind: 'quarantine', id: asked.caseId } as const;
      const deed = { ...about, action: 'quarantine.decide', code: asked.decision, object } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(steward, deed, at));
      return success({ state, version: current.version + 1 });
    });
  }

  private async carryOut(tx: Sql, current: QuarantineCase, decision: StewardDecision, at: Date): Promise<Result<null>> {
    if (decision === 'take') return this.exchangeVersions.execute(tx, current, 'take', at);
    if (current.state === 'taken') return this.exchangeVersions.execute(tx, current, 'undo', at);
    return success(null);
  }
}
