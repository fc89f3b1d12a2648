import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { messageOf } from '@yinglian/platform';
import { CLOCK, type Clock } from '../decide/clock.js';
import { AccessViewStore } from '../storage/access-view.store.js';

const SWEEP_EVERY_MS = 10 * 60_000;

/** Keeps the copy small: a relationship that has ended decides nothing any more. */
@Injectable()
export class SweepRelationships implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(SweepRelationships.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly view: AccessViewStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async sweep(): Promise<void> {
    try {
      await this.view.sweep(this.now());
    } catch (error) {
      this.logger.warn(`Ended relationships stay until later: ${messageOf(error)}`);
    }
  }
}
