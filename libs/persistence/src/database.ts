import pg from 'pg';
import type { Sql } from './sql.js';
import { storable } from './storable.js';

export interface DatabaseOptions {
  /** postgres://role:password@host:port/database */
  readonly url: string;
  /** Shown in pg_stat_activity: the service's name. */
  readonly applicationName: string;
  /** Connections at most; further queries wait in the pool's queue. */
  readonly maxConnections?: number;
}

const CONNECT_TIMEOUT_MS = 10_000;

/** A pool of connections to one service's database. It outlives restarts of the server: a broken connection is replaced. */
export class Database implements Sql {
  readonly pool: pg.Pool;
  private ending: Promise<void> | undefined;

  constructor(options: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: options.url,
      application_name: options.applicationName,
      max: options.maxConnections ?? 8,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    });
    // An idle connection that the server closed is dropped by the pool; without a listener it would end the process.
    this.pool.on('error', () => {});
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = [], name?: string): Promise<Row[]> {
    const result = await this.pool.query<Row>(statement(text, values, name));
    return result.rows;
  }

  /** Runs `work` in one transaction: commits what it did, or rolls back and rethrows. */
  async transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken = false;
    // A server that dies between two statements reports here; the statement that follows fails on its own.
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      await client.query('BEGIN');
      const result = await work({
        query: async <Row extends object>(text: string, values: readonly unknown[] = [], name?: string) =>
          (await client.query<Row>(statement(text, values, name))).rows,
      });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        broken = true;
      });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  /** Waits for what is being asked, and closes every connection. It may be called again. */
  close(): Promise<void> {
    this.ending ??= this.pool.end();
    return this.ending;
  }
}

const statement = (text: string, values: readonly unknown[], name: string | undefined) =>
  name === undefined ? { text, values: values.map(storable) } : { text, values: values.map(storable), name };
