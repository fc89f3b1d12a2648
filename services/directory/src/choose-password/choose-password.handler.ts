import { Injectable } from '@nestjs/common';
import type { SignInMethod } from '@yinglian/contracts';
import { Database } from '@yinglian/persistence';
import { type Choice, type Unchosen, whyNotChosen } from '../domain/chosen-password.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { hashPassword, passwordMatches } from '../sign-in/passwords.js';
import { choosePassword, toldPassword } from '../storage/staff.store.js';

export interface Chooser {
  readonly account: string;
  readonly methods: readonly SignInMethod[];
  readonly address: string;
}

export type ChoiceOutcome = { readonly kind: 'chosen' } | { readonly kind: Unchosen };

/** In place of a password that somebody else knows, one that its owner chooses. */
@Injectable()
export class ChoosePasswordHandler {
  constructor(
    private readonly database: Database,
    private readonly recorder: SignInRecorder,
  ) {}

  /** Of two at once one is taken, and nothing is left to be chosen by the other. */
  async execute({ account, methods, address }: Chooser, choice: Choice, now: Date): Promise<ChoiceOutcome> {
    const refused = whyNotChosen(choice, account);
    if (refused !== null) return { kind: refused };
    const told = await toldPassword(this.database, account);
    if (told === undefined) return { kind: 'chosen' };
    if (await passwordMatches(told, choice.password)) return { kind: 'same' };
    const chosen = await hashPassword(choice.password);
    await this.database.transaction(async (tx) => {
      if (!(await choosePassword(tx, account, told, chosen))) return;
      const record = { action: 'password.changed', by: account, code: 'OWN_PASSWORD', methods, address } as const;
      await this.recorder.record(record, now, tx);
    });
    return { kind: 'chosen' };
  }
}
