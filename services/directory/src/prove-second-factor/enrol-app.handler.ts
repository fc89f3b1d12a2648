import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { insertAuthenticatorApp } from '../storage/authenticator-app.store.js';
import { findProgress, type SignInProgress, saveProgress } from '../storage/sign-in-progress.store.js';
import { FactorKey } from './factor-key.js';
import { newRecoveryCodes } from './recovery-codes.js';
import { newTotpSecret, stepOfCode } from './totp.js';

export type EnrolOutcome =
  | { readonly kind: 'enrolled'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'wrong' }
  /** Meanwhile the account has one, or nothing was offered. */
  | { readonly kind: 'over' };

/** Gives an account an authenticator app: a secret is offered, and kept once a code of it was typed. */
@Injectable()
export class EnrolAppHandler {
  constructor(
    private readonly database: Database,
    private readonly recorder: SignInRecorder,
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
    const step = await stepOfCode(secret, code.replace(/\s/g, ''), now);
    if (step === undefined) return { kind: 'wrong' };
    const recoveryCodes = newRecoveryCodes();
    const app = {
      secret: this.key.encrypt(account, secret),
      lastStep: step,
      enrolledAt: now,
      recoveryDigests: recoveryCodes.map((recovery) => this.key.recoveryDigest(account, recovery)),
    };
    return this.database.transaction(async (tx) => {
      if (!(await insertAuthenticatorApp(tx, account, app))) return { kind: 'over' };
      const methods = [...progress.methods, 'otp'] as const;
      await saveProgress(tx, interaction, { account, methods, secondFactorAt: now, offeredSecret: null });
      await this.recorder.record(
        { action: 'factor.enrolled', by: account, code: 'AUTHENTICATOR_APP', methods, address },
        now,
        tx,
      );
      return { kind: 'enrolled', recoveryCodes };
    });
  }
}
