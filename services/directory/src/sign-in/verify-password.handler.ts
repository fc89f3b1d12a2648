import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Database } from '@yinglian/persistence';
import { LRUCache } from 'lru-cache';
import { staffForSignIn } from '../storage/staff.store.js';

export type SignIn = { readonly kind: 'accepted'; readonly subject: string } | { readonly kind: 'wrong' | 'slowed' };

const FREE_FAILURES = 5;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Checks a password, as slowly for unknown names as for known ones; after five failures an account has to wait, longer each time. */
@Injectable()
export class VerifyPasswordHandler {
  private readonly failures = new LRUCache<string, { count: number; until: number }>({ max: 100_000, ttl: 3_600_000 });
  private readonly decoy = hash('nobody has this password');

  constructor(private readonly database: Database) {}

  async execute(username: string, password: string): Promise<SignIn> {
    const name = username.trim().toLowerCase();
    const failed = this.failures.get(name) ?? { count: 0, until: 0 };
    if (Date.now() < failed.until) return { kind: 'slowed' };
    const staff = await staffForSignIn(this.database, name);
    const matches = await verify(staff?.passwordHash ?? (await this.decoy), password);
    if (staff !== undefined && staff.active && matches) {
      this.failures.delete(name);
      return { kind: 'accepted', subject: staff.subject };
    }
    const count = failed.count + 1;
    const wait = count < FREE_FAILURES ? 0 : Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** (count - FREE_FAILURES));
    this.failures.set(name, { count, until: Date.now() + wait });
    return { kind: 'wrong' };
  }
}
