import { Injectable } from '@nestjs/common';
import { DeedRecordedV1, StaffChangedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { type Doer, deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { positionIsPossible, type Staff } from '../domain/staff.js';
import { hashPassword, newPassword } from '../sign-in/passwords.js';
import { insertStaff } from '../storage/staff.store.js';
import type { NewStaff } from './staff-input.js';
import { deedOn, refusedProblem, staffEvent } from './staff-outcome.js';

export interface AddedStaff {
  readonly staff: Staff;
  /** Shown once: only its hash is kept. */
  readonly initialPassword: string;
}

/** Adds an account, with a made password when none is given, and tells the others. */
@Injectable()
export class AddStaffHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async execute({ password, ...input }: NewStaff, by: Doer, now: Date): Promise<Result<AddedStaff>> {
    if (!positionIsPossible(input)) return failure(directoryProblems.STAFF_ROLES_INVALID);
    const staff: Staff = { ...input, active: true, version: 1, changedAt: now };
    const initialPassword = password ?? newPassword();
    const passwordHash = await hashPassword(initialPassword);
    try {
      await this.database.transaction(async (tx) => {
        await insertStaff(tx, staff, passwordHash);
        await this.outbox.add(tx, StaffChangedV1, staffEvent(staff));
        await this.outbox.add(tx, DeedRecordedV1, deedBy(by, deedOn(staff, 'staff.add'), now));
      });
    } catch (error) {
      const problem = refusedProblem(error);
      if (problem === undefined) throw error;
      return failure(problem);
    }
    return success({ staff, initialPassword });
  }
}
