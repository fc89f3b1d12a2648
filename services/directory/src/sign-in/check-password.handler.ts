import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { LOCK_MS } from '../domain/patience.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { findPassword } from '../storage/staff.store.js';
import { hashPassword, passwordMatches } from './passwords.js';
import { SignInLimits } from './sign-in-limits.js';
import type { SignInTrouble } from './sign-in-trouble.js';

export type PasswordOutcome = { readonly kind: 'accepted'; readonly subject: string } | SignInTrouble;

/** Checks a password. An unknown or closed account takes as long, is counted and answered as a wrong password is. */
@Injectable()
export class CheckPasswordHandler {
  private readonly nobodysHash = hashPassword(randomBytes(32).toString('hex'));

  constructor(
    private readonly database: Database,
    private readonly limits: SignInLimits,
    private readonly recorder: SignInRecorder,
  ) {}

  async execute(tried: { username: string; password: string; address: string }, now: Date): Promise<PasswordOutcome> {
    const { address } = tried;
    const subject = tried.username.trim().toLowerCase();
    const attempt = { kind: 'password', account: subject, address } as const;
    const patience = await this.limits.begin(attempt, now);
    if (patience.kind !== 'try') return { kind: patience.kind, until: patience.until };
    const refused = { action: 'session.refused', by: subject, refused: true, address } as const;
    const known = await findPassword(this.database, subject);
    const matches = await passwordMatches(known?.hash ?? (await this.nobodysHash), tried.password);
    if (known !== undefined && matches) {
      await this.limits.succeeded(attempt);
      if (known.mayAct) return { kind: 'accepted', subject };
      await this.recorder.record({ ...refused, code: 'DUTIES_NOT_APART' }, now);
      return { kind: 'duties' };
    }
    const code = known === undefined ? 'ACCOUNT_NOT_OPEN' : 'WRONG_PASSWORD';
    await this.recorder.record({ ...refused, code }, now);
    if (!patience.willLock) return { kind: 'wrong' };
    await this.recorder.record({ ...refused, code: 'ACCOUNT_LOCKED' }, now);
    return { kind: 'locked', until: new Date(now.getTime() + LOCK_MS) };
  }
}
