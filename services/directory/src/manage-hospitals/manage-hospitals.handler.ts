import { Injectable } from '@nestjs/common';
import { HospitalChangedV1, HospitalJoinedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Hospital, HospitalChange, NewHospital } from '../domain/hospital.js';
import { hospitalByCode, insertHospital, updateHospital } from '../storage/hospital.store.js';
import { brokenConstraint } from '../storage/unique-violation.js';

@Injectable()
export class ManageHospitalsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async add(added: NewHospital): Promise<Result<Hospital>> {
    const hospital: Hospital = { ...added, aeTitle: added.aeTitle ?? `${added.code}GW`.slice(0, 16), version: 1 };
    try {
      await this.database.transaction(async (tx) => {
        await insertHospital(tx, hospital);
        await this.outbox.add(tx, HospitalJoinedV1, announced(hospital));
      });
    } catch (error) {
      const constraint = brokenConstraint(error);
      if (constraint === 'hospitals_pkey') return failure(directoryProblems.HOSPITAL_CODE_TAKEN);
      if (constraint !== undefined) return failure(directoryProblems.AE_TITLE_TAKEN);
      throw error;
    }
    return success(hospital);
  }

  async change(code: string, { version, ...change }: HospitalChange): Promise<Result<Hospital>> {
    return this.database.transaction(async (tx) => {
      const before = await hospitalByCode(tx, code);
      if (before === undefined) return failure(directoryProblems.HOSPITAL_NOT_FOUND);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const after: Hospital = { ...before, ...given, version: version + 1 };
      if (!(await updateHospital(tx, after))) return failure(directoryProblems.CHANGED_MEANWHILE);
      await this.outbox.add(tx, HospitalChangedV1, announced(after));
      return success(after);
    });
  }
}

const announced = ({ code, name, level, callingAeTitles, version }: Hospital) => ({
  hospital: code,
  name,
  level,
  callingAeTitles,
  version,
  changedAt: new Date().toISOString(),
});
