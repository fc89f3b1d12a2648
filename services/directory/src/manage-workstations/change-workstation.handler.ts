import { Injectable } from '@nestjs/common';
import { type ChangedWorkstation, DeedRecordedV1, WorkstationChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Doer, deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Workstation } from '../domain/workstation.js';
import { updateWorkstation, workstationToChange } from '../storage/workstation.store.js';
import { deedOn, workstationEvent } from './workstation-outcome.js';

/**
 * Replaces what is known of a workstation, if nobody else changed it since it was read. The others are told even when nothing is
 * different: one that has lost what it heard hears it again.
 */
@Injectable()
export class ChangeWorkstationHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(
    hospital: string,
    aeTitle: string,
    { version, ...settings }: ChangedWorkstation,
    by: Doer,
    now: Date,
  ): Promise<Result<Workstation>> {
    return this.database.transaction(async (tx) => {
      const before = await workstationToChange(tx, hospital, aeTitle);
      if (before === undefined) return failure(directoryProblems.WORKSTATION_NOT_FOUND);
      if (before.version !== version) return failure(directoryProblems.VERSION_CONFLICT);
      const after: Workstation = { aeTitle, hospital, ...settings, version: version + 1, changedAt: now };
      await updateWorkstation(tx, after);
      await this.outbox.add(tx, WorkstationChangedV1, workstationEvent(after));
      const deed = { ...deedOn(after, 'workstation.change'), changed: Object.keys(settings) };
      await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deed, now));
      return success(after);
    });
  }
}
