import { Injectable } from '@nestjs/common';
import { HospitalJoinedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
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

  async execute({ aeTitle, ...input }: NewHospital, now: Date): Promise<Result<Hospital>> {
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
      });
    } catch (error) {
      const problem = takenProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
    return success(hospital);
  }
}
