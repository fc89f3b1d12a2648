import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { EventPublisher } from '@yinglian/messaging';
import type { Alarms } from '../alarms/alarms.js';
import type { OutgoingEvents } from './outgoing-events.store.js';

const BATCH = 200;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** Brings outgoing events to the event log, in their order, and again until it has them. */
export class EventTeller {
  private readonly logger = new Logger(EventTeller.name);
  private readonly stopping = new AbortController();
  private working: Promise<void> | undefined;

  constructor(
    private readonly events: OutgoingEvents,
    private readonly publisher: EventPublisher,
    private readonly alarms: Alarms,
  ) {
    events.onAdded(() => this.wake());
  }

  /** Goes on with what a process before this one left. */
  start(): void {
    this.wake();
  }

  /** Resolves when nothing is under way; what waits is told after the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  private wake(): void {
    if (this.stopping.signal.aborted) return;
    this.working ??= this.tellAll().finally(() => {
      this.working = undefined;
    });
  }

  private async tellAll(): Promise<void> {
    const { signal } = this.stopping;
    let pauseMs = FIRST_PAUSE_MS;
    for (let batch = this.events.oldest(BATCH); !signal.aborted; batch = this.events.oldest(BATCH)) {
      const last = batch.at(-1);
      if (last === undefined) return;
      try {
        await this.publisher.append(batch);
        this.events.toldUpTo(last.sequence);
        pauseMs = FIRST_PAUSE_MS;
        this.alarms.clear('EVENT_LOG_AWAY');
      } catch (error) {
        this.alarms.raise('EVENT_LOG_AWAY', { events: this.events.waiting });
        if (pauseMs === FIRST_PAUSE_MS) this.logger.warn({ err: error }, 'The event log does not answer');
        await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  }
}
