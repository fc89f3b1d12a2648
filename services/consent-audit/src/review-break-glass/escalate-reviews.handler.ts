import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { noticeOfOverdue } from '../send-notices/send-notices.js';
import { escalate } from '../storage/break-glass.store.js';

/** A verdict that is not given in time is told of to the auditors again, and to the commission's. */
@Injectable()
export class EscalateReviewsHandler {
  constructor(private readonly database: Database) {}

  /** Some at once; how many. */
  execute(now: Date): Promise<number> {
    return this.database.transaction(async (tx) => {
      const overdue = await escalate(tx, now);
      for (const glass of overdue) await noticeOfOverdue(tx, glass, now);
      return overdue.length;
    });
  }
}
