import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database } from '@yinglian/persistence';
import { deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { SessionEnder } from '../keep-sessions/session-ender.js';
import { hashPassword, newPassword } from '../sign-in/passwords.js';
import { deleteRecordsOfAccount } from '../storage/provider-record.store.js';
import { setPasswordHash } from '../storage/staff.store.js';
import type { ActingPerson } from './secure-account.handler.js';

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
      if (!(await setPasswordHash(tx, username, passwordHash))) return failure(directoryProblems.STAFF_NOT_FOUND);
      await this.ender.end(tx, username, { except: null }, { ...acting, code: 'PASSWORD_RESET' }, now);
      await deleteRecordsOfAccount(tx, username);
      const deed = { action: 'password.reset', account: username } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(acting.person, deed, now));
      return success({ password });
    });
  }
}
