import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { insertAuthenticatorApp } from '../storage/authenticator-app.store.js';
import { findProgress, type SignInProgress, saveProgress } from '../storage/sign-in-progress.store.js';
import { EnrolFirstFactor, type EnrolOutcome } from './enrol-first-factor.js';
import { FactorKey } from './factor-key.js';
import { newTotpSecret, stepOfCode } from './totp.js';

/** Gives an account an authenticator app: a secret is offered, and kept once a code of it was typed. */
@Injectable()
export class EnrolAppHandler {
  constructor(
    private readonly database: Database,
    private readonly enrolFirst: EnrolFirstFactor,
    @Inject(FactorKey) private readonly key: FactorKey,
  ) {}

  /** The secret of this interaction, the same one each time the page is shown. */
  async offer(interaction: string, account: string): Promise<string> {
    const progress = await findProgress(this.database, interaction);
    const isOf = progress?.account === account;
    if (isOf && progress.offeredSecret !== null) return this.key.decrypt(account, progress.offeredSecret);
    const secret = newTotpSecret();
    const before: SignInProgress = isOf
      ? progress
      : { account, methods: [], secondFactorAt: null, offeredSecret: null };
    await saveProgress(this.database, interaction, { ...before, offeredSecret: this.key.encrypt(account, secret) });
    return secret;
  }

  async confirm(
    { interaction, code, address }: { interaction: string; code: string; address: string },
    now: Date,
  ): Promise<EnrolOutcome> {
    const progress = await findProgress(this.database, interaction);
    if (progress === undefined || progress.offeredSecret === null) return { kind: 'over' };
    const { account } = progress;
    const secret = this.key.decrypt(account, progress.offeredSecret);
    const lastStep = await stepOfCode(secret, code.replace(/\s/g, ''), now);
    if (lastStep === undefined) return { kind: 'wrong' };
    const app = { secret: this.key.encrypt(account, secret), lastStep, enrolledAt: now };
    return this.enrolFirst.execute(
      { interaction, account, address, method: 'otp', code: 'AUTHENTICATOR_APP' },
      (tx) => insertAuthenticatorApp(tx, account, app),
      now,
    );
  }
}
