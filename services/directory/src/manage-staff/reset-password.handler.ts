import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { answersFor } from '../domain/duties.js';
import { mayAct } from '../domain/staff.js';
import { SessionEnder } from '../keep-sessions/session-ender.js';
import { hashPassword, newPassword } from '../sign-in/passwords.js';
import { deleteRecordsOfAccount } from '../storage/provider-record.store.js';
import { hasSecondFactor } from '../storage/second-factor.store.js';
import { staffToChange, tellPassword } from '../storage/staff.store.js';
import type { ActingPerson } from './acting-person.js';

/** Gives an account a new password and ends its sessions. */
@Injectable()
export class ResetPasswordHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly ender: SessionEnder,
  ) {}

  async execute(username: string, acting: ActingPerson, now: Date): Promise<Result<{ password: string }>> {
    const password = newPassword();
    const passwordHash = await hashPassword(password);
    return this.database.transaction(async (tx) => {
      const staff = await staffToChange(tx, username);
      if (staff === undefined || !answersFor(acting, staff.hospital)) return failure(directoryProblems.STAFF_NOT_FOUND);
      if (staff.active && !mayAct(staff)) return failure(directoryProblems.DUTIES_NOT_APART);
      // Whoever makes that password could prove a factor of their own with it, and approve what they proposed.
      if (staff.roles.includes('security-administrator') && !(await hasSecondFactor(tx, username))) {
        return failure(directoryProblems.SECOND_PERSON_NEEDED);
      }
      await tellPassword(tx, username, passwordHash);
      await this.ender.end(tx, username, { except: null }, { ...acting, code: 'PASSWORD_RESET' }, now);
      await deleteRecordsOfAccount(tx, username);
      const deed = { action: 'password.reset', account: username } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(acting.person, deed, now));
      return success({ password });
    });
  }
}
