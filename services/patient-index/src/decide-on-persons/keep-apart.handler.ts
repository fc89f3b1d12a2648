import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { patientIndexProblems as problems } from '../patient-index.errors.js';
import { personsById } from '../storage/person.store.js';
import { KeepApart } from './keep-apart.js';
import { makerOf } from './maker-of.js';

export interface AskedSeparation {
  readonly personIds: readonly [string, string];
  readonly note: string;
}

/** A steward finds that two persons are not the same. */
@Injectable()
export class KeepApartHandler {
  constructor(
    private readonly database: Database,
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
      return done.ok ? success({ decisionId: done.value }) : done;
    });
  }
}
