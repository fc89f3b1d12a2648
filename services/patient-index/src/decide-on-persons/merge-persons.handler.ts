import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { personsById } from '../storage/person.store.js';
import { decisionObject, makerOf } from './maker-of.js';
import { MergePersons } from './merge-persons.js';

export interface AskedMerge {
  readonly fromPersonId: string;
  readonly intoPersonId: string;
  readonly note: string;
}

/** A steward makes two persons one. Asked again, in whatever direction, it is done already: `decisionId` is null. */
@Injectable()
export class MergePersonsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly mergePersons: MergePersons,
  ) {}

  execute(
    { fromPersonId, intoPersonId, note }: AskedMerge,
    steward: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ decisionId: string | null }>> {
    return this.database.transaction(async (tx) => {
      const ids = [...new Set([fromPersonId, intoPersonId])];
      if ((await personsById(tx, ids)).length < ids.length) return failure(problems.PERSON_NOT_FOUND);
      const outcome = await this.mergePersons.execute(tx, fromPersonId, intoPersonId, makerOf(steward, note), now);
      if (outcome.kind === 'KEPT_APART') return failure(problems.PERSONS_KEPT_APART);
      if (outcome.kind !== 'MERGED') return success({ decisionId: null });
      const { decisionId } = outcome;
      const deed = { action: 'person.merge', personId: intoPersonId, object: decisionObject(decisionId) } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(steward, deed, now));
      return success({ decisionId });
    });
  }
}
