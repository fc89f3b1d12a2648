import { randomUUID } from 'node:crypto';
import type { EventDefinition } from '@yinglian/contracts';
import { Database, type Sql } from '@yinglian/persistence';
import type { z } from 'zod';
import { encodeEvent } from '../cloud-event/cloud-event.js';
import type { OutboxRelay } from './outbox-relay.js';

const LOOK_AGAIN_MS = 2;
const INSERT = 'INSERT INTO outbox (event_id, topic, key, envelope) VALUES ($1, $2, $3, $4)';

/** Events leave a service through its outbox: they commit with the state change that they tell of, or not at all. */
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly source: string,
    private readonly relay?: Pick<OutboxRelay, 'isWorking' | 'wake'>,
  ) {}

  /** Adds an event to the transaction. It is published after commit. Throws when the data breaks the event's contract. */
  async add<Data extends z.ZodType>(tx: Sql, definition: EventDefinition<Data>, data: z.output<Data>): Promise<void> {
    await tx.query(
      `WITH added AS (${INSERT} RETURNING 1) SELECT pg_notify('outbox', '') FROM added`,
      this.row(definition, data),
      'outbox-add',
    );
  }

  /** Adds events of one kind, in their order, as one statement. */
  async addAll<Data extends z.ZodType>(
    tx: Sql,
    definition: EventDefinition<Data>,
    all: readonly z.output<Data>[],
  ): Promise<void> {
    if (all.length === 0) return;
    const rows = all.map((data) => this.row(definition, data));
    await tx.query(
      `WITH added AS (
         INSERT INTO outbox (event_id, topic, key, envelope)
         SELECT id, topic, key, envelope FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
           WITH ORDINALITY AS added (id, topic, key, envelope, place) ORDER BY place RETURNING 1
       ) SELECT pg_notify('outbox', '') FROM added LIMIT 1`,
      [0, 1, 2, 3].map((column) => rows.map((row) => row[column])),
      'outbox-add-all',
    );
  }

  /**
   * Adds an event that tells of no change in the database, and resolves when it is committed. A relay in this process is
   * woken by a call: by the database it costs several times what the insertion costs.
   */
  async addAlone<Data extends z.ZodType>(definition: EventDefinition<Data>, data: z.output<Data>): Promise<void> {
    if (!this.relay?.isWorking) return this.add(this.database, definition, data);
    await this.database.query(INSERT, this.row(definition, data), 'outbox-add-alone');
    this.relay.wake();
  }

  private row<Data extends z.ZodType>(definition: EventDefinition<Data>, data: z.output<Data>): readonly unknown[] {
    const id = randomUUID();
    const record = encodeEvent(definition, data, { id, source: this.source, time: new Date() });
    return [id, record.topic, record.key, record.envelope];
  }

  /** Resolves to true once everything that had committed when this was called is in the log; to false when the time is over. */
  async flushed(timeoutMs = 2_000): Promise<boolean> {
    const deadline = Date.now() + timeoutMs;
    const [now] = await this.database.query<{ snapshot: string }>('SELECT pg_current_snapshot()::text AS snapshot');
    for (;;) {
      const waiting = await this.database.query(
        'SELECT 1 FROM outbox WHERE pg_visible_in_snapshot(xid, $1::pg_snapshot) LIMIT 1',
        [now?.snapshot],
      );
      if (waiting.length === 0) return true;
      if (Date.now() >= deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}
