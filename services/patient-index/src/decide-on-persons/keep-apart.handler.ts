import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { personsById } from '../storage/person.store.js';
import { KeepApart } from './keep-apart.js';
import { decisionObject, makerOf } from './maker-of.js';

export interface AskedSeparation {
  readonly personIds: readonly [string, string];
  readonly note: string;
}

/** A steward finds that two persons are not the same. */
@Injectable()
export class KeepApartHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly keepApart: KeepApart,
  ) {}

  execute(
    { personIds: [oneId, otherId], note }: AskedSeparation,
    steward: PersonPrincipal,
    now: Date,
  ): Promise<Result<{ decisionId: string }>> {
    return this.database.transaction(async (tx) => {
      if ((await personsById(tx, [oneId, otherId])).length < 2) return failure(problems.PERSON_NOT_FOUND);
      const done = await this.keepApart.execute(tx, oneId, otherId, makerOf(steward, note), now);
      if (!done.ok) return done;
      const deed = { action: 'person.separate', personId: oneId, object: decisionObject(done.value) } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(steward, deed, now));
      return success({ decisionId: done.value });
    });
  }
}
