import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { takeNewcomers } from '../storage/newcomer.store.js';
import { AskAboutLikely } from './ask-about-likely.js';

const AT_ONCE = 200;

/**
 * Asks about patients who came as nobody's when their links are committed: links do not wait for it, and of two who came in the same instant
 * the one sees the other. One process at a time does it. Whoever is asked about meets everybody who is not a newcomer any more, and will be
 * met by everybody who still is.
 */
@Injectable()
export class AskAboutNewcomersHandler {
  constructor(
    private readonly database: Database,
    private readonly askAboutLikely: AskAboutLikely,
  ) {}

  /** Asks about the next few. Answers how many; null when another process is at it. */
  execute(now: Date): Promise<number | null> {
    return this.database.transaction(async (tx) => {
      const newcomers = await takeNewcomers(tx, AT_ONCE);
      if (newcomers === null) return null;
      await this.askAboutLikely.execute(tx, newcomers, now, 'anybody');
      return newcomers.length;
    });
  }
}
