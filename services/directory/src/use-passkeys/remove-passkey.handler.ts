import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { findAuthenticatorApp } from '../storage/authenticator-app.store.js';
import { deletePasskey, passkeysOf } from '../storage/passkey.store.js';
import { staffToChange } from '../storage/staff.store.js';

/** Takes a passkey away by its owner; the last second factor is a security administrator's to remove. */
@Injectable()
export class RemovePasskeyHandler {
  constructor(
    private readonly database: Database,
    private readonly recorder: SignInRecorder,
  ) {}

  execute(account: string, id: string, address: string, now: Date): Promise<Result<void>> {
    return this.database.transaction(async (tx) => {
      await staffToChange(tx, account);
      const passkeys = await passkeysOf(tx, account);
      if (!passkeys.some((passkey) => passkey.id === id)) return failure(directoryProblems.PASSKEY_NOT_FOUND);
      if (passkeys.length === 1 && (await findAuthenticatorApp(tx, account)) === undefined) {
        return failure(directoryProblems.LAST_SECOND_FACTOR);
      }
      await deletePasskey(tx, account, id);
      await this.recorder.record({ action: 'factor.removed', by: account, code: 'PASSKEY', address }, now, tx);
      return success(undefined);
    });
  }
}
