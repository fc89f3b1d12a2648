import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { LRUCache } from 'lru-cache';
import { type Failures, waitLeft } from '../domain/sign-in-patience.js';
import { findPasswordHash } from '../storage/staff.store.js';
import { hashPassword, passwordMatches } from './passwords.js';
import type { SignInTrouble } from './sign-in-page.js';

export type SignInOutcome = { readonly kind: 'accepted'; readonly subject: string } | SignInTrouble;

const REMEMBERED = 50_000;
const REMEMBERED_MS = 60 * 60_000;

/**
 * Checks a password. An unknown or closed account takes as long and gets the same answer as a wrong password. Failures
 * of one account from one address wait longer and longer; at most 50,000 such pairs are remembered, each for an hour.
 */
@Injectable()
export class CheckPasswordHandler {
  private readonly failures = new LRUCache<string, Failures>({ max: REMEMBERED, ttl: REMEMBERED_MS });
  private readonly nobodysHash = hashPassword(randomBytes(32).toString('hex'));

  constructor(private readonly database: Database) {}

  async execute(attempt: { username: string; password: string; address: string }, now: Date): Promise<SignInOutcome> {
    const subject = attempt.username.trim().toLowerCase();
    const pair = `${subject}\n${attempt.address}`;
    const before = this.failures.get(pair);
    const waitMs = waitLeft(before, now.getTime());
    if (waitMs > 0) return { kind: 'wait', waitMs };
    // Counted before it is checked, so that many at once are not one.
    this.failures.set(pair, { count: (before?.count ?? 0) + 1, lastAt: now.getTime() });
    const known = await findPasswordHash(this.database, subject);
    const matches = await passwordMatches(known ?? (await this.nobodysHash), attempt.password);
    if (known === undefined || !matches) return { kind: 'wrong' };
    this.failures.delete(pair);
    return { kind: 'accepted', subject };
  }
}
