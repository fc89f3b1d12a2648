import { Injectable } from '@nestjs/common';
import { type NewWorkstation, WorkstationChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Workstation } from '../domain/workstation.js';
import { violatedConstraint } from '../storage/violated-constraint.js';
import { insertWorkstation } from '../storage/workstation.store.js';
import { workstationEvent } from './workstation-outcome.js';

/** Adds a workstation of a hospital and tells the others. */
@Injectable()
export class AddWorkstationHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(hospital: string, input: NewWorkstation, now: Date): Promise<Result<Workstation>> {
    try {
      return await this.database.transaction(async (tx) => {
        const added = await insertWorkstation(tx, { ...input, hospital, changedAt: now });
        if (added === undefined) return failure(directoryProblems.WORKSTATION_TITLE_TAKEN);
        await this.outbox.add(tx, WorkstationChangedV1, workstationEvent(added));
        return success(added);
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'workstations_hospital') throw error;
      return failure(directoryProblems.HOSPITAL_NOT_FOUND);
    }
  }
}
