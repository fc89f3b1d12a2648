import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import {
  FAILURES_UNTIL_LOCK,
  failedAgain,
  failedAgainFrom,
  type Patience,
  patienceWithAccount,
  patienceWithAddress,
} from '../domain/patience.js';
import { failuresToChange, forgetFailures, setFailures, takeBackFailure } from '../storage/sign-in-failure.store.js';

/** What is tried: the password of a name, or the code of an account. */
export interface Attempt {
  readonly kind: 'password' | 'code';
  readonly account: string;
  readonly address: string;
}

/**
 * Slows down who guesses, by account and by address. The counts lie in the database: all processes know them, and an
 * account that does not exist is counted as any other.
 */
@Injectable()
export class SignInLimits {
  constructor(private readonly database: Database) {}

  /**
   * Before something is checked. When it may be tried the attempt counts as a failure until `succeeded` is called, so that
   * many at once are not one. `willLock` says that the account is locked if this one is wrong.
   */
  begin({ kind, account, address }: Attempt, now: Date): Promise<Patience & { readonly willLock: boolean }> {
    return this.database.transaction(async (tx) => {
      const ofAccount = await failuresToChange(tx, kind, account);
      const ofAddress = await failuresToChange(tx, 'address', address);
      for (const patience of [patienceWithAccount(ofAccount, now), patienceWithAddress(ofAddress, now)]) {
        if (patience.kind !== 'try') return { ...patience, willLock: false };
      }
      const counted = failedAgain(ofAccount, now);
      await setFailures(tx, kind, account, counted);
      await setFailures(tx, 'address', address, failedAgainFrom(ofAddress, now));
      return { kind: 'try', willLock: counted.count >= FAILURES_UNTIL_LOCK };
    });
  }

  async succeeded({ kind, account, address }: Attempt): Promise<void> {
    await forgetFailures(this.database, kind, account);
    await takeBackFailure(this.database, 'address', address);
  }
}
