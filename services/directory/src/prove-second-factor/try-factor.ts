import { Injectable } from '@nestjs/common';
import { LOCK_MS } from '../domain/patience.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { SignInLimits } from '../sign-in/sign-in-limits.js';
import type { SignInTrouble } from '../sign-in/sign-in-trouble.js';

export type FactorOutcome = { readonly kind: 'accepted' } | SignInTrouble;

/** Why a code or a passkey is refused: to the person, and in the record. */
export interface FactorRefusal {
  readonly kind: 'wrong' | 'used' | 'passkey' | 'late' | 'copied';
  readonly code: string;
}

/** Lets a second factor be tried unless too many were wrong; what is refused counts, and is recorded. */
@Injectable()
export class TryFactor {
  constructor(
    private readonly limits: SignInLimits,
    private readonly recorder: SignInRecorder,
  ) {}

  async execute(
    { account, address }: { account: string; address: string },
    refusalOf: () => Promise<FactorRefusal | undefined>,
    now: Date,
  ): Promise<FactorOutcome> {
    const attempt = { kind: 'code', account, address } as const;
    const patience = await this.limits.begin(attempt, now);
    if (patience.kind !== 'try') return { kind: patience.kind, until: patience.until };
    const refusal = await refusalOf();
    if (refusal === undefined) {
      await this.limits.succeeded(attempt);
      return { kind: 'accepted' };
    }
    const refused = { action: 'session.refused', by: account, refused: true, address, methods: ['pwd'] } as const;
    await this.recorder.record({ ...refused, code: refusal.code }, now);
    if (!patience.willLock) return { kind: refusal.kind };
    await this.recorder.record({ ...refused, code: 'ACCOUNT_LOCKED' }, now);
    return { kind: 'locked', until: new Date(now.getTime() + LOCK_MS) };
  }
}
