import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { hashPassword, newPassword } from '../sign-in/passwords.js';
import { deleteRecordsOfAccount } from '../storage/provider-record.store.js';
import { setPasswordHash } from '../storage/staff.store.js';

/** Gives an account a new password and ends its sessions. */
@Injectable()
export class ResetPasswordHandler {
  constructor(private readonly database: Database) {}

  async execute(username: string): Promise<Result<{ password: string }>> {
    const password = newPassword();
    const passwordHash = await hashPassword(password);
    return this.database.transaction(async (tx) => {
      if (!(await setPasswordHash(tx, username, passwordHash))) return failure(directoryProblems.STAFF_NOT_FOUND);
      await deleteRecordsOfAccount(tx, username);
      return success({ password });
    });
  }
}
