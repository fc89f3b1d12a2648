import type { EventDefinition } from '@yinglian/contracts';
import type { EncodeEvent, LogRecord } from '@yinglian/messaging';
import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';

const Row = z.object({
  sequence: z.number(),
  event_id: z.string(),
  topic: z.string(),
  key: z.string(),
  envelope: z.string(),
});

export interface OutgoingRecord extends LogRecord {
  readonly sequence: number;
}

/** Events that leave with the ledger transaction that decided on them, or not at all. */
export class OutgoingEvents {
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly encode: EncodeEvent,
  ) {}

  /**
   * To be called inside a transaction. The id is computed from what the event says: an event that was decided on before is
   * not told twice while the first waits, and consumers drop it when it was told. Throws when the data breaks the contract.
   */
  add<Data extends z.ZodType>(definition: EventDefinition<Data>, data: z.output<Data>, eventId: string): void {
    const { topic, key, envelope } = this.encode(definition, data, { eventId });
    this.ledger
      .prepare(
        'INSERT INTO outgoing_events (event_id, topic, key, envelope) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(eventId, topic, key, envelope);
    // The transaction has ended when these run.
    for (const listener of this.listeners) setImmediate(listener);
  }

  /** The oldest ones, at most that many. */
  oldest(limit: number): OutgoingRecord[] {
    return this.ledger
      .query(Row, 'SELECT * FROM outgoing_events ORDER BY sequence LIMIT ?', limit)
      .map(({ event_id, ...rest }) => ({ ...rest, eventId: event_id }));
  }

  /** The event log has these and all before them. */
  toldUpTo(sequence: number): void {
    this.ledger.prepare('DELETE FROM outgoing_events WHERE sequence <= ?').run(sequence);
  }

  get waiting(): number {
    const [row] = this.ledger.query(z.object({ count: z.number() }), 'SELECT count(*) AS count FROM outgoing_events');
    return row?.count ?? 0;
  }

  onAdded(listener: () => void): void {
    this.listeners.push(listener);
  }
}
