import type { Sql } from '@yinglian/persistence';
import type { SlowSearch, TakenCounts } from '../count-requests/request-counts.js';
import type { RequestKind } from '../domain/request-kind.js';

const KEPT_DAYS = 7;

export interface CountedMinute {
  readonly minute: Date;
  readonly kind: RequestKind;
  readonly requests: number;
  readonly failures: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** What processes were asked, minute by minute, and the slowest searches. */
export class RequestCountStore {
  constructor(private readonly sql: Sql) {}

  async add(process: string, at: Date, { kinds, slowest }: TakenCounts): Promise<void> {
    if (kinds.size === 0) return;
    const rows = [...kinds];
    await this.sql.query(
      `INSERT INTO request_minutes (minute, process, kind, requests, failures, bytes, milliseconds)
       SELECT date_trunc('minute', $1::timestamptz), $2, * FROM unnest($3::text[], $4::int[], $5::int[], $6::bigint[], $7::bigint[])
       ON CONFLICT (minute, process, kind) DO UPDATE SET
         requests = request_minutes.requests + excluded.requests, failures = request_minutes.failures + excluded.failures,
         bytes = request_minutes.bytes + excluded.bytes, milliseconds = request_minutes.milliseconds + excluded.milliseconds`,
      [
        at,
        process,
        rows.map(([kind]) => kind),
        rows.map(([, { requests }]) => requests),
        rows.map(([, { failures }]) => failures),
        rows.map(([, { bytes }]) => bytes),
        rows.map(([, { milliseconds }]) => Math.round(milliseconds)),
      ],
    );
    for (const { at: searchedAt, route, keys, milliseconds } of slowest) {
      await this.sql.query('INSERT INTO slow_searches (at, route, keys, milliseconds) VALUES ($1, $2, $3, $4)', [
        searchedAt,
        route,
        keys,
        milliseconds,
      ]);
    }
  }

  /** Of all processes, oldest first; a minute in which nothing was asked is left out. */
  minutesSince(since: Date): Promise<CountedMinute[]> {
    return this.sql.query<CountedMinute>(
      `SELECT minute, kind, sum(requests)::int AS requests, sum(failures)::int AS failures, sum(bytes)::float8 AS bytes,
         sum(milliseconds)::float8 AS milliseconds
       FROM request_minutes WHERE minute >= $1 GROUP BY minute, kind ORDER BY minute, kind`,
      [since],
    );
  }

  /** The slowest first. */
  slowestSince(since: Date, limit: number): Promise<SlowSearch[]> {
    return this.sql.query<SlowSearch>(
      'SELECT at, route, keys, milliseconds FROM slow_searches WHERE at >= $1 ORDER BY milliseconds DESC, at DESC LIMIT $2',
      [since, limit],
    );
  }

  async forget(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_DAYS * 24 * 3_600_000);
    await this.sql.query('DELETE FROM request_minutes WHERE minute < $1', [before]);
    await this.sql.query('DELETE FROM slow_searches WHERE at < $1', [before]);
  }
}
