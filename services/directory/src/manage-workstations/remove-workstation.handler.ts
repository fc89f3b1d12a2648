import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, WorkstationRemovedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Doer, deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { markRemoved, workstationToChange } from '../storage/workstation.store.js';
import { deedOn, removalEvent } from './workstation-outcome.js';

/** Removes a workstation, whichever version it has, and tells the others. Its AE title may be given to another one. */
@Injectable()
export class RemoveWorkstationHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(hospital: string, aeTitle: string, by: Doer, now: Date): Promise<Result<void>> {
    return this.database.transaction(async (tx) => {
      const known = await workstationToChange(tx, hospital, aeTitle);
      if (known === undefined) return failure(directoryProblems.WORKSTATION_NOT_FOUND);
      const removed = { ...known, version: known.version + 1, changedAt: now };
      await markRemoved(tx, removed);
      await this.outbox.add(tx, WorkstationRemovedV1, removalEvent(removed));
      await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deedOn(removed, 'workstation.remove'), now));
      return success(undefined);
    });
  }
}
