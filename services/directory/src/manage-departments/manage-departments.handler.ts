import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { Department } from '../domain/hospital.js';
import { findDepartment, insertDepartment, listDepartments, renameDepartment } from '../storage/department.store.js';
import { findHospital } from '../storage/hospital.store.js';
import { violatedConstraint } from '../storage/violated-constraint.js';

/** The departments of a hospital. Nobody else hears of them, so there are no events. */
@Injectable()
export class ManageDepartmentsHandler {
  constructor(private readonly database: Database) {}

  async list(hospital: string): Promise<Result<Department[]>> {
    if ((await findHospital(this.database, hospital)) === undefined) {
      return failure(directoryProblems.HOSPITAL_NOT_FOUND);
    }
    return success(await listDepartments(this.database, hospital));
  }

  async add(hospital: string, department: Pick<Department, 'code' | 'name'>): Promise<Result<Department>> {
    try {
      await insertDepartment(this.database, hospital, department);
      return success({ ...department, version: 1 });
    } catch (error) {
      const constraint = violatedConstraint(error);
      if (constraint === 'departments_pkey') return failure(directoryProblems.DEPARTMENT_CODE_TAKEN);
      if (constraint === 'departments_hospital_fkey') return failure(directoryProblems.HOSPITAL_NOT_FOUND);
      throw error;
    }
  }

  async rename(hospital: string, department: Department): Promise<Result<Department>> {
    const renamed = await renameDepartment(this.database, hospital, department);
    if (renamed !== undefined) return success(renamed);
    const known = await findDepartment(this.database, hospital, department.code);
    return failure(known ? directoryProblems.VERSION_CONFLICT : directoryProblems.DEPARTMENT_NOT_FOUND);
  }
}
