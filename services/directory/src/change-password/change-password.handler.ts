import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { failure, type Result, success } from '@yinglian/platform';
import { directoryProblems } from '../directory.errors.js';
import { whyNotChosen } from '../domain/chosen-password.js';
import { SessionEnder } from '../keep-sessions/session-ender.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { CheckPasswordHandler } from '../sign-in/check-password.handler.js';
import { hashPassword, passwordMatches } from '../sign-in/passwords.js';
import { choosePassword, findPassword } from '../storage/staff.store.js';

export interface Owner {
  readonly account: string;
  readonly sessionId: string;
  readonly address: string;
}

export interface PasswordChange {
  /** The one until now. */
  readonly current: string;
  readonly password: string;
}

/** Another password, for whoever knows the one until now. A wrong one is counted as at the sign-in. */
@Injectable()
export class ChangePasswordHandler {
  constructor(
    private readonly database: Database,
    private readonly checkPassword: CheckPasswordHandler,
    private readonly recorder: SignInRecorder,
    private readonly ender: SessionEnder,
  ) {}

  /**
   * Ends all other sessions of the account, and resolves with how many those were. Failures: PASSWORD_UNFIT, PASSWORD_WRONG, PASSWORD_TRIED_TOO_OFTEN,
   * PASSWORD_UNCHANGED, VERSION_CONFLICT when it was changed meanwhile.
   */
  async execute({ account, sessionId, address }: Owner, change: PasswordChange, now: Date): Promise<Result<number>> {
    const { current, password } = change;
    if (whyNotChosen({ password, again: password }, account) !== null) return failure(directoryProblems.PASSWORD_UNFIT);
    const checked = await this.checkPassword.execute({ username: account, password: current, address }, now);
    if (checked.kind !== 'accepted') {
      return failure(
        'until' in checked ? directoryProblems.PASSWORD_TRIED_TOO_OFTEN : directoryProblems.PASSWORD_WRONG,
      );
    }
    const former = (await findPassword(this.database, account))?.hash ?? '';
    if (current === password || (await passwordMatches(former, password))) {
      return failure(directoryProblems.PASSWORD_UNCHANGED);
    }
    const chosen = await hashPassword(password);
    return this.database.transaction(async (tx) => {
      if (!(await choosePassword(tx, account, former, chosen))) return failure(directoryProblems.VERSION_CONFLICT);
      const record = {
        action: 'password.changed',
        by: account,
        code: 'OWN_PASSWORD',
        methods: ['pwd'],
        address,
      } as const;
      await this.recorder.record(record, now, tx);
      const ending = { by: account, address, code: 'PASSWORD_CHANGED' };
      return success(await this.ender.end(tx, account, { except: sessionId }, ending, now));
    });
  }
}
