import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import type { PageAccount } from './page-accounts.js';
import type { PageUser } from './session-state.js';

const MOST_SESSIONS = 200;
const IDLE_MS = 30 * 60_000;

/**
 * Sessions of the page, in memory: a restart ends them, and so does another password or the end of the account. The one that
 * was silent longest gives way to the 201st.
 */
@Injectable()
export class Sessions {
  private readonly accounts = new LRUCache<string, PageAccount>({ max: MOST_SESSIONS, ttl: IDLE_MS });

  constructor(private readonly hospitalFile: HospitalFile) {}

  /** The secret that the browser keeps. */
  open(account: PageAccount): string {
    const secret = randomBytes(32).toString('base64url');
    this.accounts.set(secret, account);
    return secret;
  }

  /** @param isPersonThere a page that asks by itself does not keep a session alive */
  userOf(secret: string, isPersonThere: boolean): PageUser | undefined {
    const then = this.accounts.get(secret, { updateAgeOnGet: isPersonThere });
    const now = this.hospitalFile.current.page.accounts.find(({ username }) => username === then?.username);
    if (then === undefined || now?.passwordHash.text !== then.passwordHash.text) return undefined;
    return { username: now.username, name: now.name };
  }

  close(secret: string): void {
    this.accounts.delete(secret);
  }
}
