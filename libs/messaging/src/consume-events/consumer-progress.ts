import type { EventDefinition } from '@yinglian/contracts';
import { EventLogTransport } from './event-log.transport.js';

/** The read barrier of a service's replicated data. */
export class ConsumerProgress {
  constructor(private readonly transport: EventLogTransport) {}

  /**
   * Whether this service has, within the time, applied everything that these topic families held when this was called.
   * Throws when the log cannot be asked.
   */
  async caughtUp(families: readonly EventDefinition['topicFamily'][], timeoutMs: number): Promise<boolean> {
    return (await this.transport.subscription?.caughtUp(families, timeoutMs)) ?? false;
  }
}
