import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { type FactorOutcome, type FactorRefusal, TryFactor } from '../prove-second-factor/try-factor.js';
import { findPasskey, usePasskey } from '../storage/passkey.store.js';
import type { PasskeyAnswer } from './passkey-answer.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { judgeSignature } from './verify-passkey.js';

interface Tried {
  readonly interaction: string;
  readonly account: string;
  readonly address: string;
  readonly answer: PasskeyAnswer | undefined;
}

const refused = (code: string): FactorRefusal => ({ kind: 'passkey', code });
const LATE: FactorRefusal = { kind: 'late', code: 'CHALLENGE_OVER' };
const COPIED: FactorRefusal = { kind: 'copied', code: 'PASSKEY_COPIED' };

/** Checks what a passkey of the account signed. Each challenge is taken once. */
@Injectable()
export class CheckPasskeyHandler {
  constructor(
    private readonly database: Database,
    private readonly tryFactor: TryFactor,
    private readonly challenges: PasskeyChallenges,
  ) {}

  execute(tried: Tried, now: Date): Promise<FactorOutcome> {
    return this.tryFactor.execute(tried, () => this.refusalOf(tried, now), now);
  }

  private async refusalOf({ interaction, account, answer }: Tried, now: Date): Promise<FactorRefusal | undefined> {
    const asked = await this.challenges.take({ holder: interaction, account });
    if (asked === undefined) return LATE;
    if (answer === undefined) return refused('WRONG_PASSKEY');
    const passkey = await findPasskey(this.database, account, answer.id);
    if (passkey === undefined) return refused('PASSKEY_UNKNOWN');
    const signature = await judgeSignature(asked, passkey, answer);
    if (signature.kind !== 'right') {
      return refused(signature.kind === 'foreign' ? 'PASSKEY_FOR_ELSEWHERE' : 'WRONG_PASSKEY');
    }
    // Who signs less often than it was seen to is a copy of it, or it is one.
    return (await usePasskey(this.database, passkey.id, signature.counter, now)) ? undefined : COPIED;
  }
}
