import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { EventDefinition } from '@yinglian/contracts';
import { ConsumerProgress, EventLogTransport } from '@yinglian/messaging';

type Family = EventDefinition['topicFamily'];

/** How long a refusal may wait for facts that are on their way (ADR 0006). */
const TIMEOUT_MS = 1_500;
/** So long nobody asks a log that did not answer: lists would all wait for it. */
const AWAY_MS = 2_000;
/** Topics that may turn a refusal into a permit. */
const TELLING: readonly Family[] = ['consents', 'persons', 'studies'];

/** Waits for facts that the log holds and this service has not applied yet. */
@Injectable()
export class AwaitFacts {
  private awayUntil = 0;

  constructor(
    private readonly progress: ConsumerProgress,
    private readonly transport: EventLogTransport,
  ) {}

  /** Whether, within the time, everything is applied that the log held of these topics. False when the log cannot be asked. */
  async arrived(families: readonly Family[] = TELLING): Promise<boolean> {
    if (performance.now() < this.awayUntil) return false;
    // A topic that the host does not consume would never be caught up with.
    const consumed = new Set<Family>();
    for (const handler of this.transport.getHandlers().values()) {
      const definition: EventDefinition | undefined = handler.extras?.definition;
      if (definition !== undefined) consumed.add(definition.topicFamily);
    }
    const asked = this.progress.caughtUp(
      families.filter((family) => consumed.has(family)),
      TIMEOUT_MS,
    );
    const answer = await Promise.race([asked, unanswered()]).catch(() => null);
    if (answer === null) this.awayUntil = performance.now() + AWAY_MS;
    return answer ?? false;
  }
}

/** Null when it has become too late for an answer. */
const unanswered = (): Promise<null> => pause(TIMEOUT_MS + AWAY_MS, null, { ref: false });
