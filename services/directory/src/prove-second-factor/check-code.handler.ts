import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { findAuthenticatorApp, takeStep } from '../storage/authenticator-app.store.js';
import { useRecoveryCode } from '../storage/second-factor.store.js';
import { FactorKey } from './factor-key.js';
import { typedRecoveryCode } from './recovery-codes.js';
import { stepOfCode } from './totp.js';
import { type FactorOutcome, type FactorRefusal, TryFactor } from './try-factor.js';

const WRONG: FactorRefusal = { kind: 'wrong', code: 'WRONG_CODE' };
const USED: FactorRefusal = { kind: 'used', code: 'CODE_USED' };

/** Checks a code of the account's app, or one of its recovery codes. Each is taken once. */
@Injectable()
export class CheckCodeHandler {
  constructor(
    private readonly database: Database,
    private readonly tryFactor: TryFactor,
    @Inject(FactorKey) private readonly key: FactorKey,
  ) {}

  execute(tried: { account: string; code: string; address: string }, now: Date): Promise<FactorOutcome> {
    return this.tryFactor.execute(tried, () => this.refusalOf(tried.account, tried.code, now), now);
  }

  private async refusalOf(account: string, code: string, now: Date): Promise<FactorRefusal | undefined> {
    const app = await findAuthenticatorApp(this.database, account);
    const step = app && (await stepOfCode(this.key.decrypt(account, app.secret), code.replace(/\s/g, ''), now));
    if (step !== undefined) return (await takeStep(this.database, account, step)) ? undefined : USED;
    const recovery = typedRecoveryCode(code);
    if (recovery === undefined) return WRONG;
    const digest = this.key.recoveryDigest(account, recovery);
    return (await useRecoveryCode(this.database, account, digest, now)) ? undefined : WRONG;
  }
}
