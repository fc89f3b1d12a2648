import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { messageOf } from '@yinglian/platform';
import { NumberChanges } from './number-changes.js';

/** So much later than it changed something is told at most, when nobody asks. */
const EVERY_MS = 5_000;

/** Numbers changes also when nobody reads them: the time at which something is told is soon after it happened. */
@Injectable()
export class NumberChangesWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(NumberChangesWorker.name);
  private timer: NodeJS.Timeout | undefined;
  private numbering: Promise<void> = Promise.resolve();
  private failed = false;
  private isStopping = false;

  constructor(private readonly numberChanges: NumberChanges) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.numbering = this.numbering.then(() => this.number());
    }, EVERY_MS);
  }

  /** Before the pool closes. */
  onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    return this.numbering;
  }

  private async number(): Promise<void> {
    try {
      while (!this.isStopping && (await this.numberChanges.execute()));
      this.failed = false;
    } catch (error) {
      // Said once per outage; the next turn does it.
      if (!this.failed) this.logger.warn(`Changes are numbered later: ${messageOf(error)}`);
      this.failed = true;
    }
  }
}
