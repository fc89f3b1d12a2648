import { randomBytes } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { failure, type Result, SignInPatience, success } from '@yinglian/platform';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { pageProblems } from '../gateway.errors.js';
import { passwordMatches, ScryptHash } from './scrypt-hash.js';
import type { PageUser } from './session-state.js';
import { Sessions } from './sessions.js';

export interface SignInAttempt {
  readonly username: string;
  readonly password: string;
  readonly address: string;
}

/** Each check takes up to 64 MiB for a tenth of a second: one at a time, and few in line. */
const MOST_WAITING = 16;

/** Opens a session for whoever knows a password. An unknown account takes as long and gets the same answer as a wrong password. */
@Injectable()
export class SignInHandler {
  private readonly logger = new Logger(SignInHandler.name);
  private readonly patience = new SignInPatience();
  private readonly nobodysHash = ScryptHash.parse(hashOfNothing());
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  constructor(
    private readonly hospitalFile: HospitalFile,
    private readonly sessions: Sessions,
  ) {}

  async execute(attempt: SignInAttempt, now: Date): Promise<Result<{ user: PageUser; secret: string }>> {
    const name = attempt.username.trim().toLowerCase();
    if (this.waiting >= MOST_WAITING) return waitFor(1_000);
    const waitMs = this.patience.begin(name, attempt.address, now.getTime());
    if (waitMs > 0) return waitFor(waitMs);
    const account = this.hospitalFile.current.page.accounts.find(({ username }) => username === name);
    const matches = await this.inTurn(() =>
      passwordMatches(account?.passwordHash ?? this.nobodysHash, attempt.password),
    );
    if (account === undefined || !matches) {
      this.logger.warn({ address: attempt.address }, 'Somebody could not sign in to the page');
      return failure(pageProblems.PAGE_SIGN_IN_WRONG);
    }
    this.patience.succeeded(name, attempt.address);
    const user = { username: account.username, name: account.name };
    this.logger.log({ user: user.username, address: attempt.address }, 'Signed in to the page');
    return success({ user, secret: this.sessions.open(account) });
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine.finally(() => {
      this.waiting -= 1;
    });
  }
}

const waitFor = (ms: number) => failure(pageProblems.PAGE_SIGN_IN_WAIT, String(Math.ceil(ms / 1000)));

const hashOfNothing = () => `$scrypt$ln=15,r=8,p=3$${base64(randomBytes(18))}$${base64(randomBytes(32))}`;

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
