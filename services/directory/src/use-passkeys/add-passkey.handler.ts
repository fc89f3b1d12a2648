import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { MOST_PASSKEYS, type Passkey } from '../domain/passkey.js';
import { EnrolFirstFactor, type EnrolOutcome } from '../prove-second-factor/enrol-first-factor.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { insertPasskey, passkeysOf } from '../storage/passkey.store.js';
import { staffToChange } from '../storage/staff.store.js';
import { violatedConstraint } from '../storage/violated-constraint.js';
import type { NewPasskeyAnswer } from './passkey-answer.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { keyMade } from './verify-passkey.js';

interface Made {
  /** The interaction or the session that asked for it. */
  readonly holder: string;
  readonly account: string;
  readonly name: string;
  readonly address: string;
  readonly answer: NewPasskeyAnswer | undefined;
}

/** Gives an account a passkey: its first second factor on the sign-in page, or a further one to who is signed in. */
@Injectable()
export class AddPasskeyHandler {
  constructor(
    private readonly database: Database,
    private readonly challenges: PasskeyChallenges,
    private readonly enrolFirst: EnrolFirstFactor,
    private readonly recorder: SignInRecorder,
  ) {}

  async enrol(made: Made, now: Date): Promise<EnrolOutcome> {
    const passkey = await this.passkeyOf(made, now);
    if (passkey === undefined) return { kind: 'wrong' };
    const { holder: interaction, account, address } = made;
    const enrolment = { interaction, account, address, method: 'pop', code: 'PASSKEY' } as const;
    try {
      return await this.enrolFirst.execute(enrolment, (tx) => insertPasskey(tx, passkey), now);
    } catch (error) {
      if (!isTaken(error)) throw error;
      return { kind: 'wrong' };
    }
  }

  async add(made: Made, now: Date): Promise<Result<Passkey>> {
    const passkey = await this.passkeyOf(made, now);
    if (passkey === undefined) return failure(directoryProblems.PASSKEY_NOT_MADE);
    const { account, address } = made;
    try {
      return await this.database.transaction(async (tx) => {
        await staffToChange(tx, account);
        if ((await passkeysOf(tx, account)).length >= MOST_PASSKEYS) return failure(directoryProblems.PASSKEYS_ENOUGH);
        await insertPasskey(tx, passkey);
        await this.recorder.record({ action: 'factor.enrolled', by: account, code: 'PASSKEY', address }, now, tx);
        return success(passkey);
      });
    } catch (error) {
      if (!isTaken(error)) throw error;
      return failure(directoryProblems.PASSKEY_TAKEN);
    }
  }

  private async passkeyOf({ holder, account, name, answer }: Made, now: Date): Promise<Passkey | undefined> {
    const asked = await this.challenges.take({ holder, account });
    const key = asked && answer && (await keyMade(asked, answer));
    if (key === undefined) return undefined;
    const transports = answer?.response.transports ?? [];
    return { id: randomUUID(), account, ...key, transports, name, addedAt: now, lastUsedAt: null };
  }
}

const isTaken = (error: unknown) => violatedConstraint(error) === 'passkeys_credential';
