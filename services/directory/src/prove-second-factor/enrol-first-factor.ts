import { Inject, Injectable } from '@nestjs/common';
import type { SignInMethod } from '@yinglian/contracts';
import { Database, type Sql } from '@yinglian/persistence';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { hasSecondFactor, setRecoveryCodes } from '../storage/second-factor.store.js';
import { findProgress, saveProgress } from '../storage/sign-in-progress.store.js';
import { staffToChange } from '../storage/staff.store.js';
import { FactorKey } from './factor-key.js';
import { newRecoveryCodes } from './recovery-codes.js';

export type EnrolOutcome =
  | { readonly kind: 'enrolled'; readonly recoveryCodes: readonly string[] }
  | { readonly kind: 'wrong' }
  /** Meanwhile the account has one, or nothing was offered. */
  | { readonly kind: 'over' };

interface Enrolment {
  readonly interaction: string;
  readonly account: string;
  readonly address: string;
  readonly method: SignInMethod;
  /** What is enrolled, in the record. */
  readonly code: string;
}

/** Gives an account its first second factor, and recovery codes with it. */
@Injectable()
export class EnrolFirstFactor {
  constructor(
    private readonly database: Database,
    private readonly recorder: SignInRecorder,
    @Inject(FactorKey) private readonly key: FactorKey,
  ) {}

  execute(enrolment: Enrolment, keep: (tx: Sql) => Promise<void>, now: Date): Promise<EnrolOutcome> {
    const { interaction, account, address, method, code } = enrolment;
    return this.database.transaction(async (tx) => {
      const progress = await findProgress(tx, interaction);
      await staffToChange(tx, account);
      if (progress?.account !== account || (await hasSecondFactor(tx, account))) return { kind: 'over' };
      await keep(tx);
      const recoveryCodes = newRecoveryCodes();
      const digests = recoveryCodes.map((recovery) => this.key.recoveryDigest(account, recovery));
      await setRecoveryCodes(tx, account, digests);
      const methods = [...progress.methods, method];
      await saveProgress(tx, interaction, { account, methods, secondFactorAt: now, offeredSecret: null });
      await this.recorder.record({ action: 'factor.enrolled', by: account, code, methods, address }, now, tx);
      return { kind: 'enrolled', recoveryCodes };
    });
  }
}
