import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, DepartmentChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Deed, deedBy, failure, type Principal, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Department } from '../domain/hospital.js';
import { findDepartment, insertDepartment, listDepartments, updateDepartment } from '../storage/department.store.js';
import { findHospital } from '../storage/hospital.store.js';
import { worksAt } from '../storage/staff.store.js';
import { violatedConstraint } from '../storage/violated-constraint.js';

export type DepartmentChange = Pick<Department, 'version'> & Partial<Pick<Department, 'name' | 'head'>>;

/** The departments of a hospital, and who answers for each. The others hear of what changes. */
@Injectable()
export class ManageDepartmentsHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async list(hospital: string): Promise<Result<Department[]>> {
    if ((await findHospital(this.database, hospital)) === undefined) {
      return failure(directoryProblems.HOSPITAL_NOT_FOUND);
    }
    return success(await listDepartments(this.database, hospital));
  }

  async add(
    hospital: string,
    department: Pick<Department, 'code' | 'name'>,
    by: Principal,
    now: Date,
  ): Promise<Result<Department>> {
    try {
      await this.database.transaction(async (tx) => {
        await insertDepartment(tx, hospital, department);
        const deed = deedOn('department.add', hospital, department.code);
        await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deed, now));
      });
      return success({ ...department, head: null, version: 1 });
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'departments_pkey') return failure(directoryProblems.DEPARTMENT_CODE_TAKEN);
      if (constraint === 'departments_hospital_fkey') return failure(directoryProblems.HOSPITAL_NOT_FOUND);
      throw error;
    }
  }

  /** Failures: DEPARTMENT_NOT_FOUND, VERSION_CONFLICT, DEPARTMENT_HEAD_UNKNOWN. */
  change(
    hospital: string,
    code: string,
    { version, ...change }: DepartmentChange,
    by: Principal,
    now: Date,
  ): Promise<Result<Department>> {
    return this.database.transaction(async (tx): Promise<Result<Department>> => {
      const known = await findDepartment(tx, hospital, code);
      if (known === undefined) return failure(directoryProblems.DEPARTMENT_NOT_FOUND);
      const { head } = change;
      if (typeof head === 'string' && !(await worksAt(tx, head, hospital))) {
        return failure(directoryProblems.DEPARTMENT_HEAD_UNKNOWN);
      }
      const changed = await updateDepartment(tx, hospital, { ...known, version, ...change });
      if (changed === undefined) return failure(directoryProblems.VERSION_CONFLICT);
      await this.outbox.add(tx, DepartmentChangedV1, { hospital, ...changed, changedAt: now.toISOString() });
      const deed = { ...deedOn('department.change', hospital, code), changed: Object.keys(change) };
      await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deed, now));
      return success(changed);
    });
  }
}

const deedOn = (action: Deed['action'], hospital: string, code: string): Deed => ({
  action,
  hospital,
  object: { kind: 'department', id: code },
});
