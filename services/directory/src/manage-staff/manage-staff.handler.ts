import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { StaffChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import type { NewStaff, StaffChange, StaffMember } from '../domain/staff.js';
import { insertStaff, staffBySubject, updateStaff } from '../storage/staff.store.js';
import { brokenConstraint } from '../storage/unique-violation.js';

export interface AddedStaff extends StaffMember {
  /** Only when it was made here; it is not kept and cannot be read again. */
  readonly initialPassword?: string;
}

@Injectable()
export class ManageStaffHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async add({ password, ...staff }: NewStaff): Promise<Result<AddedStaff>> {
    const initialPassword = password ?? randomBytes(12).toString('base64url');
    const passwordHash = await hash(initialPassword);
    try {
      const added = await this.database.transaction(async (tx) => {
        const member = await insertStaff(tx, { ...staff, passwordHash });
        await this.outbox.add(tx, StaffChangedV1, announced(member));
        return member;
      });
      return success(password === undefined ? { ...added, initialPassword } : added);
    } catch (error) {
      if (brokenConstraint(error) !== undefined) return failure(directoryProblems.USERNAME_TAKEN);
      if (isUnknownHospital(error)) return failure(directoryProblems.HOSPITAL_NOT_FOUND);
      throw error;
    }
  }

  async change(subject: string, { version, ...change }: StaffChange): Promise<Result<StaffMember>> {
    return this.database.transaction(async (tx) => {
      const before = await staffBySubject(tx, subject);
      if (before === undefined) return failure(directoryProblems.STAFF_NOT_FOUND);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const after: StaffMember = { ...before, ...given, version: version + 1 };
      if (!(await updateStaff(tx, after))) return failure(directoryProblems.CHANGED_MEANWHILE);
      await this.outbox.add(tx, StaffChangedV1, announced(after));
      return success(after);
    });
  }
}

const announced = ({ subject, hospital, displayName, roles, active, version }: StaffMember) => ({
  subject,
  hospital,
  displayName,
  roles,
  active,
  version,
  changedAt: new Date().toISOString(),
});

/** Foreign key violation (SQLSTATE 23503). */
const isUnknownHospital = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23503';
