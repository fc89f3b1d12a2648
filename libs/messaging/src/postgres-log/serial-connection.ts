import pg from 'pg';
import type { Connection } from './log.store.js';

/** One connection used by several loops: their statements wait for one another. */
export class SerialConnection implements Connection {
  private last: Promise<unknown> = Promise.resolve();

  constructor(readonly client: pg.Client) {}

  query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
    const result = this.last.then(() => this.client.query<Row>(text, values));
    this.last = result.catch(() => {});
    return result;
  }
}
