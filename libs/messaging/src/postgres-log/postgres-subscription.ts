import { Logger } from '@nestjs/common';
import { messageOf } from '@yinglian/platform';
import pg from 'pg';
import type { LogSubscription, SubscribeOptions } from '../event-log/event-log.js';
import { WakeUp } from '../event-log/wake-up.js';
import { ConsumerSession } from './consumer-session.js';
import { lagOf, positionsBehind, pruneLog } from './log.store.js';

const RECONNECT_MS = 250;
/** While records keep coming, so many milliseconds' worth of them are handled together. */
const REST_MS = 50;
const LOOK_AGAIN_MS = 2;
const PRUNE_EVERY_MS = 3_600_000;

/** One process's membership of a consumer group, kept up over restarts of the server. */
export class PostgresSubscription implements LogSubscription {
  private readonly logger = new Logger(PostgresSubscription.name);
  private readonly wakeUp = new WakeUp(REST_MS);
  private readonly closing = new AbortController();
  private running: Promise<void> | undefined;
  private pruning: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly options: SubscribeOptions,
  ) {}

  start(): void {
    this.running = this.run();
    this.pruning = setInterval(() => void pruneLog(this.pool).catch(() => {}), PRUNE_EVERY_MS).unref();
  }

  lag(): Promise<ReadonlyMap<string, number>> {
    return lagOf(this.pool, this.options.group, this.options.families);
  }

  async caughtUp(families: readonly string[], timeoutMs: number): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    let behind = await positionsBehind(this.pool, this.options.group, families);
    while (behind.length > 0) {
      if (Date.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      behind = await positionsBehind(this.pool, this.options.group, families, behind);
    }
    return true;
  }

  async close(): Promise<void> {
    clearInterval(this.pruning);
    this.closing.abort();
    this.wakeUp.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    let failed = false;
    while (!this.closing.signal.aborted) {
      const session = new ConsumerSession(this.pool, this.options, this.wakeUp, this.closing.signal);
      try {
        await session.run(() => {
          failed = false;
        });
      } catch (error) {
        if (!failed) this.logger.warn(`The event log cannot be read: ${messageOf(error)}`);
        failed = true;
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    }
  }
}
