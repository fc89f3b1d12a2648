import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.js';
import { MessageStore } from '../storage/message.store.js';
import { ApplyMessagesHandler } from './apply-messages.handler.js';
import { MessageOutcomes } from './message-outcomes.js';

/** Messages of one transaction: few enough that whoever sends images does not notice. */
const AT_ONCE = 8;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

/** Applies kept messages one after the other in the order in which they came, also those of a process before this one. */
@Injectable()
export class MessageApplier implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(MessageApplier.name);
  private readonly stopping = new AbortController();
  private working: Promise<void> | undefined;
  private isWoken = false;

  constructor(
    private readonly messages: MessageStore,
    private readonly applyMessages: ApplyMessagesHandler,
    private readonly alarms: Alarms,
    private readonly outcomes: MessageOutcomes,
  ) {}

  onApplicationBootstrap(): void {
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  /** There may be messages to apply. */
  wake(): void {
    this.isWoken = true;
    if (this.stopping.signal.aborted) return;
    this.working ??= this.applyAll().finally(() => {
      this.working = undefined;
    });
  }

  private async applyAll(): Promise<void> {
    const { signal } = this.stopping;
    for (let pauseMs = FIRST_PAUSE_MS; this.isWoken && !signal.aborted; ) {
      this.isWoken = false;
      try {
        await this.applyWaiting(signal);
        this.alarms.clear('MESSAGES_NOT_APPLIED');
        pauseMs = FIRST_PAUSE_MS;
      } catch (error) {
        // The ledger cannot be written: a full disk, for instance. Nothing is lost; it is tried until it can.
        if (pauseMs === FIRST_PAUSE_MS) this.logger.error({ err: error }, 'Messages cannot be applied');
        this.alarms.raise('MESSAGES_NOT_APPLIED');
        this.isWoken = true;
        await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  private async applyWaiting(signal: AbortSignal): Promise<void> {
    for (let some = this.messages.next(AT_ONCE); some.length > 0; some = this.messages.next(AT_ONCE)) {
      if (signal.aborted) return;
      this.applyMessages.execute(some);
      this.outcomes.tell(some.map(({ digest }) => digest));
      // Images and further messages are received meanwhile.
      await nextTurn();
    }
    this.applyMessages.reviewParked();
  }
}
