import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, HospitalChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Doer, deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { concernsOthers, type Hospital } from '../domain/hospital.js';
import { hospitalToChange, updateHospital } from '../storage/hospital.store.js';
import type { HospitalChange } from './hospital-input.js';
import { hospitalEvent, takenProblem } from './hospital-outcome.js';

/** Changes what is named, if nobody else changed the hospital since it was read. */
@Injectable()
export class ChangeHospitalHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute(code: string, { version, ...change }: HospitalChange, by: Doer, now: Date): Promise<Result<Hospital>> {
    try {
      return await this.database.transaction(async (tx) => {
        const before = await hospitalToChange(tx, code);
        if (before === undefined) return failure(directoryProblems.HOSPITAL_NOT_FOUND);
        if (before.version !== version) return failure(directoryProblems.VERSION_CONFLICT);
        const after: Hospital = { ...before, ...change, version: version + 1, changedAt: now };
        await updateHospital(tx, after);
        if (concernsOthers(before, after)) await this.outbox.add(tx, HospitalChangedV1, hospitalEvent(after));
        const deed = { action: 'hospital.change', hospital: code, changed: Object.keys(change) } as const;
        await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deed, now));
        return success(after);
      });
    } catch (error) {
      const problem = takenProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
  }
}
