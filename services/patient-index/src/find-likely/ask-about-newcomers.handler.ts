import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { messageOf } from '@yinglian/platform';
import { putOffNewcomer, takeNewcomers } from '../storage/newcomer.store.js';
import { AskAboutLikely } from './ask-about-likely.js';

const MOST_AT_ONCE = 200;
const AGAIN_AFTER_MS = 60 * 60 * 1_000;

/**
 * Asks about patients who came as nobody's when their links are committed: links do not wait for it, and of two who came in the same instant
 * the one sees the other. One process at a time does it. Whoever is asked about meets everybody who is not a newcomer any more, and will be
 * met by everybody who still is.
 */
@Injectable()
export class AskAboutNewcomersHandler {
  private readonly logger = new Logger(AskAboutNewcomersHandler.name);
  private atOnce = MOST_AT_ONCE;

  constructor(
    private readonly database: Database,
    private readonly askAboutLikely: AskAboutLikely,
  ) {}

  /** Asks about the next few. Answers how many; null when another process is at it. */
  async execute(now: Date): Promise<number | null> {
    let first: string | undefined;
    try {
      const asked = await this.database.transaction(async (tx) => {
        const newcomers = await takeNewcomers(tx, now, this.atOnce);
        first = newcomers?.[0]?.patientNo;
        if (newcomers !== null) await this.askAboutLikely.execute(tx, newcomers, now, 'anybody');
        return newcomers?.length ?? null;
      });
      this.atOnce = Math.min(this.atOnce * 2, MOST_AT_ONCE);
      return asked;
    } catch (error) {
      if (first === undefined) throw error;
      return this.narrowDown(first, now, error);
    }
  }

  /** Half as many next time, until it is known of whom it cannot be asked. */
  private async narrowDown(patientNo: string, now: Date, error: unknown): Promise<number> {
    if (this.atOnce > 1) {
      this.atOnce = Math.floor(this.atOnce / 2);
      throw error;
    }
    await putOffNewcomer(this.database, patientNo, new Date(now.getTime() + AGAIN_AFTER_MS));
    this.logger.error(`It is not asked who is likely the same as patient ${patientNo}: ${messageOf(error)}`);
    return 1;
  }
}
