import { Injectable } from '@nestjs/common';
import { DeedRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { deedBy, failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { answersFor } from '../domain/duties.js';
import { SessionEnder } from '../keep-sessions/session-ender.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { unlink } from '../storage/linked-identity.store.js';
import { deleteSecondFactors } from '../storage/second-factor.store.js';
import { forgetFailures } from '../storage/sign-in-failure.store.js';
import { findStaff } from '../storage/staff.store.js';
import type { ActingPerson } from './acting-person.js';

/** What an administrator does about how somebody signs in. */
@Injectable()
export class SecureAccountHandler {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly recorder: SignInRecorder,
    private readonly ender: SessionEnder,
  ) {}

  /** Removes the app, the passkeys and the recovery codes of who lost them, and ends their sessions. */
  removeSecondFactor(username: string, acting: ActingPerson, now: Date): Promise<Result<void>> {
    return this.ofKnown(username, acting, async (tx) => {
      if (!(await deleteSecondFactors(tx, username))) return failure(directoryProblems.SECOND_FACTOR_NOT_FOUND);
      const removed = { action: 'factor.removed', to: username, code: 'REMOVED_BY_ADMINISTRATOR' } as const;
      await this.recorder.record({ ...removed, ...acting }, now, tx);
      await this.ender.end(tx, username, { except: null }, { ...acting, code: 'FACTOR_RESET' }, now);
      return success(undefined);
    });
  }

  /** Ends its sessions, too: one may have begun by that identity. */
  unlinkIdentity(username: string, acting: ActingPerson, now: Date): Promise<Result<void>> {
    return this.ofKnown(username, acting, async (tx) => {
      if (!(await unlink(tx, username))) return failure(directoryProblems.IDENTITY_NOT_LINKED);
      const deed = { action: 'identity.unlink', account: username } as const;
      await this.outbox.add(tx, DeedRecordedV1, deedBy(acting.person, deed, now));
      await this.ender.end(tx, username, { except: null }, { ...acting, code: 'IDENTITY_UNLINKED' }, now);
      return success(undefined);
    });
  }

  /** Forgets wrong passwords and codes. */
  unlock(username: string, acting: ActingPerson, now: Date): Promise<Result<void>> {
    return this.ofKnown(username, acting, async (tx) => {
      await forgetFailures(tx, 'password', username);
      await forgetFailures(tx, 'code', username);
      const unlocked = { action: 'account.unlocked', to: username, code: 'UNLOCKED_BY_ADMINISTRATOR' } as const;
      await this.recorder.record({ ...unlocked, ...acting }, now, tx);
      return success(undefined);
    });
  }

  /** How many there were. */
  endSessions(username: string, acting: ActingPerson, now: Date): Promise<Result<{ ended: number }>> {
    return this.ofKnown(username, acting, async (tx) => {
      const ending = { ...acting, code: 'ENDED_BY_ADMINISTRATOR' };
      return success({ ended: await this.ender.end(tx, username, { except: null }, ending, now) });
    });
  }

  private ofKnown<T>(
    username: string,
    acting: ActingPerson,
    work: (tx: Sql) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return this.database.transaction(async (tx) => {
      const staff = await findStaff(tx, username);
      if (staff === undefined || !answersFor(acting, staff.hospital)) return failure(directoryProblems.STAFF_NOT_FOUND);
      return work(tx);
    });
  }
}
