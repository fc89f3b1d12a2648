import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, type NewWorkstation, WorkstationChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Doer, deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Workstation } from '../domain/workstation.js';
import { violatedConstraint } from '../storage/violated-constraint.js';
import { insertWorkstation } from '../storage/workstation.store.js';
import { deedOn, workstationEvent } from './workstation-outcome.js';

/** Adds a workstation of a hospital and tells the others. */
@Injectable()
export class AddWorkstationHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(hospital: string, input: NewWorkstation, by: Doer, now: Date): Promise<Result<Workstation>> {
    try {
      return await this.database.transaction(async (tx) => {
        const added = await insertWorkstation(tx, { ...input, hospital, changedAt: now });
        if (added === undefined) return failure(directoryProblems.WORKSTATION_TITLE_TAKEN);
        await this.outbox.add(tx, WorkstationChangedV1, workstationEvent(added));
        await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deedOn(added, 'workstation.add'), now));
        return success(added);
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'workstations_hospital') throw error;
      return failure(directoryProblems.HOSPITAL_NOT_FOUND);
    }
  }
}
