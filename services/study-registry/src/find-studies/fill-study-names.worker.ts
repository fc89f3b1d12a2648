import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { messageOf } from '@yinglian/platform';
import { StudyNameStore } from '../storage/study-name.store.js';

const STUDIES_AT_ONCE = 500;
/** Between them, so that nobody waits for it. */
const PAUSE_MS = 50;
const PAUSE_AFTER_FAILURE_MS = 30_000;

/** Gives the studies of before there was fuzzy matching the words that they are found by, once and for all. */
@Injectable()
export class FillStudyNamesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(FillStudyNamesWorker.name);
  private readonly stopping = new AbortController();
  private filling: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  onApplicationBootstrap(): void {
    this.filling = this.fill();
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    return this.filling;
  }

  private async fill(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      let pause = PAUSE_MS;
      try {
        if (!(await this.database.transaction((tx) => new StudyNameStore(tx).fill(STUDIES_AT_ONCE)))) return;
      } catch (error) {
        this.logger.warn(`Names are filled in later: ${messageOf(error)}`);
        pause = PAUSE_AFTER_FAILURE_MS;
      }
      await setTimeout(pause, undefined, { signal: this.stopping.signal }).catch(() => {});
    }
  }
}
