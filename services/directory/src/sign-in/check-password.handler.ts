import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { SignInPatience } from '@yinglian/platform';
import { findPasswordHash } from '../storage/staff.store.js';
import { hashPassword, passwordMatches } from './passwords.js';
import type { SignInTrouble } from './sign-in-page.js';

export type SignInOutcome = { readonly kind: 'accepted'; readonly subject: string } | SignInTrouble;

/** Checks a password. An unknown or closed account takes as long and gets the same answer as a wrong password. */
@Injectable()
export class CheckPasswordHandler {
  private readonly patience = new SignInPatience();
  private readonly nobodysHash = hashPassword(randomBytes(32).toString('hex'));

  constructor(private readonly database: Database) {}

  async execute(attempt: { username: string; password: string; address: string }, now: Date): Promise<SignInOutcome> {
    const subject = attempt.username.trim().toLowerCase();
    const waitMs = this.patience.begin(subject, attempt.address, now.getTime());
    if (waitMs > 0) return { kind: 'wait', waitMs };
    const known = await findPasswordHash(this.database, subject);
    const matches = await passwordMatches(known ?? (await this.nobodysHash), attempt.password);
    if (known === undefined || !matches) return { kind: 'wrong' };
    this.patience.succeeded(subject, attempt.address);
    return { kind: 'accepted', subject };
  }
}
