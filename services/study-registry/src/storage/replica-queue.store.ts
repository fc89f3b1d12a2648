import { first, type Sql } from '@yinglian/persistence';

export interface ReplicaBacklog {
  /** At most 100,000 are counted. */
  readonly packs: number;
  readonly oldest: Date | null;
}

const COUNTED_AT_MOST = 100_000;

/** Packs that are committed and not yet in the replica. A row comes with its pack (PackStore.add). */
export class ReplicaQueueStore {
  constructor(private readonly sql: Sql) {}

  async next(limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ digest: string }>(
      'SELECT digest FROM replica_queue WHERE next_try_at <= now() ORDER BY next_try_at LIMIT $1',
      [limit],
      'replica-queue-next',
    );
    return rows.map(({ digest }) => digest);
  }

  async has(digest: string): Promise<boolean> {
    return (await this.sql.query('SELECT 1 FROM replica_queue WHERE digest = $1', [digest])).length > 0;
  }

  /** Since when it waits, exactly; undefined when it does not. */
  async since(digest: string): Promise<string | undefined> {
    const row = await first<{ since: string }>(
      this.sql,
      'SELECT queued_at::text AS since FROM replica_queue WHERE digest = $1',
      [digest],
      'replica-queue-since',
    );
    return row?.since;
  }

  /** Unless it came meanwhile, and waits anew: then its outline was copied only. */
  async done(digest: string, since: string | undefined): Promise<void> {
    await this.sql.query(
      'DELETE FROM replica_queue WHERE digest = $1 AND queued_at = $2::timestamptz',
      [digest, since ?? null],
      'replica-queue-done',
    );
  }

  /** Others go first: after a minute, then twice as long each time, a day at most. */
  async later(digest: string): Promise<void> {
    await this.sql.query(
      `UPDATE replica_queue SET attempts = attempts + 1,
         next_try_at = now() + LEAST(interval '1 minute' * power(2, LEAST(attempts, 20)), interval '1 day') WHERE digest = $1`,
      [digest],
    );
  }

  async clear(): Promise<void> {
    await this.sql.query('DELETE FROM replica_queue');
  }

  async backlog(): Promise<ReplicaBacklog> {
    const [row] = await this.sql.query<ReplicaBacklog>(
      `SELECT (SELECT count(*)::int FROM (SELECT 1 FROM replica_queue LIMIT ${COUNTED_AT_MOST}) AS counted) AS packs,
         (SELECT queued_at FROM replica_queue ORDER BY queued_at LIMIT 1) AS oldest`,
    );
    return row ?? { packs: 0, oldest: null };
  }
}
