import { Injectable } from '@nestjs/common';
import type { Policies } from '@yinglian/access';
import { Database } from '@yinglian/persistence';
import { decidedSince } from '../storage/decided-groups.js';
import { type Trial, tryOn } from './trial.js';

const WEEK_MS = 7 * 24 * 3_600_000;

/** What policies would have decided otherwise in the last seven days. */
@Injectable()
export class TryPolicies {
  constructor(private readonly database: Database) {}

  async execute(policies: Policies, now: Date): Promise<Trial> {
    const from = new Date(now.getTime() - WEEK_MS);
    return tryOn(policies, await decidedSince(this.database, from), from, now);
  }
}
