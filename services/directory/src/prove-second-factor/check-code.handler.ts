import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { LOCK_MS } from '../domain/patience.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { SignInLimits } from '../sign-in/sign-in-limits.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';
import { findAuthenticatorApp, takeStep, useRecoveryCode } from '../storage/authenticator-app.store.js';
import { FactorKey } from './factor-key.js';
import { typedRecoveryCode } from './recovery-codes.js';
import { stepOfCode } from './totp.js';

export type CodeOutcome = { readonly kind: 'accepted' } | SignInTrouble;

/** Checks a code of the account's app, or one of its recovery codes. Each is taken once. */
@Injectable()
export class CheckCodeHandler {
  constructor(
    private readonly database: Database,
    private readonly limits: SignInLimits,
    private readonly recorder: SignInRecorder,
    @Inject(FactorKey) private readonly key: FactorKey,
  ) {}

  async execute(tried: { account: string; code: string; address: string }, now: Date): Promise<CodeOutcome> {
    const { account, address } = tried;
    const attempt = { kind: 'code', account, address } as const;
    const patience = await this.limits.begin(attempt, now);
    if (patience.kind !== 'try') return { kind: patience.kind, until: patience.until };
    const verdict = await this.verdictOn(account, tried.code, now);
    if (verdict === 'right') {
      await this.limits.succeeded(attempt);
      return { kind: 'accepted' };
    }
    const refused = { action: 'session.refused', by: account, refused: true, address, methods: ['pwd'] } as const;
    await this.recorder.record({ ...refused, code: verdict === 'used' ? 'CODE_USED' : 'WRONG_CODE' }, now);
    if (!patience.willLock) return { kind: verdict };
    await this.recorder.record({ ...refused, code: 'ACCOUNT_LOCKED' }, now);
    return { kind: 'locked', until: new Date(now.getTime() + LOCK_MS) };
  }

  private async verdictOn(account: string, code: string, now: Date): Promise<'right' | 'wrong' | 'used'> {
    const app = await findAuthenticatorApp(this.database, account);
    if (app === undefined) return 'wrong';
    const step = await stepOfCode(this.key.decrypt(account, app.secret), code.replace(/\s/g, ''), now);
    if (step !== undefined) return (await takeStep(this.database, account, step)) ? 'right' : 'used';
    const recovery = typedRecoveryCode(code);
    if (recovery === undefined) return 'wrong';
    const digest = this.key.recoveryDigest(account, recovery);
    return (await useRecoveryCode(this.database, account, digest, now)) ? 'right' : 'wrong';
  }
}
