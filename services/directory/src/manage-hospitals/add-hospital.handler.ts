import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, HospitalJoinedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Doer, deedBy, failure, type Result, success } from '@yinglian/platform';
import { gatewayAeTitle, type Hospital } from '../domain/hospital.js';
import { insertHospital } from '../storage/hospital.store.js';
import type { NewHospital } from './hospital-input.js';
import { hospitalEvent, takenProblem } from './hospital-outcome.js';

/** Adds a hospital and tells the others. */
@Injectable()
export class AddHospitalHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute({ aeTitle, ...input }: NewHospital, by: Doer, now: Date): Promise<Result<Hospital>> {
    const hospital: Hospital = {
      ...input,
      aeTitle: aeTitle ?? gatewayAeTitle(input.code),
      suspended: false,
      version: 1,
      changedAt: now,
    };
    try {
      await this.database.transaction(async (tx) => {
        await insertHospital(tx, hospital);
        await this.outbox.add(tx, HospitalJoinedV1, hospitalEvent(hospital));
        const deed = { action: 'hospital.add', hospital: hospital.code } as const;
        await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deed, now));
      });
    } catch (error) {
      const problem = takenProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
    return success(hospital);
  }
}
