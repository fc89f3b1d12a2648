import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import type { NewOfDay } from '../domain/actor-day.js';
import { type FindingRule, type FindingRuleName, leastCount } from '../domain/finding-rule.js';
import { localDayOf } from '../domain/working-days.js';
import { countActorDays, usualOfPeers } from '../storage/actor-day.store.js';
import { keepFinding, keepProgress, progressOf, progressToChange, rulesOn } from '../storage/finding.store.js';
import { type Counted, countBy, newOfDaysIn } from '../storage/unusual-records.js';

/** Looked at in one transaction. */
const AT_ONCE = 2_000;

interface Unusual {
  readonly rule: FindingRuleName;
  readonly counted: Counted;
  readonly least: number;
}

/** Looks through what is new in the log for what is unusual, by the rules that the province set (ADR 0058). */
@Injectable()
export class FindUnusualHandler {
  constructor(private readonly database: Database) {}

  /**
   * How many records were new; when it is `AT_ONCE`, there may be more. It reads first and writes at the end, since a long transaction that
   * has changed something holds up the outbox. Of two processes that look at the same, one keeps what it found.
   */
  async execute(now: Date): Promise<number> {
    const { database } = this;
    const from = await progressOf(database);
    const { next, found } = await newOfDaysIn(database, from, AT_ONCE);
    if (next === from) return 0;
    await countActorDays(database, found);
    const unusual: Unusual[] = [];
    for (const rule of await rulesOn(database, localDayOf(now))) unusual.push(...(await this.look(rule, found)));
    return database.transaction(async (tx) => {
      if ((await progressToChange(tx)) !== from) return 0;
      for (const { rule, counted, least } of unusual) await keepFinding(tx, rule, counted, least, now);
      await keepProgress(tx, next);
      return next - from;
    });
  }

  static isFull(looked: number): boolean {
    return looked === AT_ONCE;
  }

  private async look(rule: FindingRule, newOfDays: readonly NewOfDay[]): Promise<Unusual[]> {
    const unusual: Unusual[] = [];
    for (const counted of await countBy(this.database, rule, newOfDays)) {
      const least = leastCount(rule, rule.factor === null ? null : await usualOfPeers(this.database, counted));
      if (counted.count >= least) unusual.push({ rule: rule.rule, counted, least });
    }
    return unusual;
  }
}
