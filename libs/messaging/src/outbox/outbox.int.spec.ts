import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';
import pg from 'pg';
import type { EventLog, LogRecord } from '../event-log/event-log.js';
import { messagingMigrations } from '../messaging.module.js';
import { PostgresLog } from '../postgres-log/postgres-log.js';
import { prepareEventLog } from '../postgres-log/prepare-event-log.js';
import { cupEvents } from '../testing/cup-events.js';
import { Outbox } from './outbox.js';
import { OutboxRelay } from './outbox-relay.js';

const poured = cupEvents('cup.poured.v1');
/** A session tells of what it read when it has been still for a second. */
const STATISTICS_AFTER_MS = 1_500;

describe('the outbox', () => {
  let postgres: TestPostgres;
  let url: string;
  let logUrl: string;
  let database: Database;
  let outbox: Outbox;
  let log: EventLog;
  let relays: OutboxRelay[];

  beforeAll(async () => {
    postgres = await TestPostgres.start();
  });
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    url = await postgres.createDatabase('tea');
    logUrl = await postgres.createDatabase('event_log');
    await migrate(url, messagingMigrations);
    await prepareEventLog(logUrl, { roles: [{ name: 'tea', password: 'x', writes: ['persons'], reads: true }] });
    database = postgres.connect(url);
    outbox = new Outbox(database, 'urn:yinglian:tea');
    log = new PostgresLog({ url: logUrl.replace(/\/\/.*@/, '//tea:x@'), applicationName: 'tea' });
    relays = [];
  });
  afterEach(async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
    await log.close();
  });

  function relay(through: EventLog = log): OutboxRelay {
    const started = new OutboxRelay(database, through);
    relays.push(started);
    started.start();
    return started;
  }
  const pour = (pours: number, cup = 'a') => database.transaction((tx) => outbox.add(tx, poured, { cup, pour: pours }));
  const published = async () => {
    const rows = await postgres
      .connect(logUrl)
      .query<{ pour: number }>(
        "SELECT (envelope::json -> 'data' ->> 'pour')::int AS pour FROM event_log.records ORDER BY position",
      );
    return rows.map((row) => row.pour);
  };
  /** A transaction that a test ends when it likes. */
  async function open() {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('BEGIN');
    const tx = {
      query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
        (await client.query<Row>(text, [...values])).rows,
    };
    return {
      tx,
      add: (n: number) => outbox.add(tx, poured, { cup: 'a', pour: n }),
      commit: async () => {
        await client.query('COMMIT');
        await client.end();
      },
    };
  }

  it('does not pass by a slow transaction', async () => {
    relay();
    const slow = await open();
    await slow.add(1);
    await pour(2);
    await pour(3);
    await sleep(300);
    // What came after may wait for it; what must not happen is that it is left behind.
    await slow.commit();
    expect(await outbox.flushed(30_000)).toBe(true);
    expect(await published()).toEqual([1, 2, 3]);
  });

  it('publishes a transaction after the one that it waited for, although it began before it', async () => {
    relay();
    await database.query('CREATE TABLE cup (tea int); INSERT INTO cup VALUES (0)');
    const older = await open();
    await older.tx.query('SELECT pg_current_xact_id()');
    const younger = await open();
    await younger.tx.query('UPDATE cup SET tea = tea + 1');
    await younger.add(1);
    const waiting = older.tx.query('UPDATE cup SET tea = tea + 1').then(() => older.add(2));
    await sleep(50);
    await younger.commit();
    await waiting;
    await older.commit();
    expect(await outbox.flushed(30_000)).toBe(true);
    expect(await published()).toEqual([1, 2]);
  });

  it('publishes the changes of one row in the order in which they committed, however many writers contend', async () => {
    relay();
    await database.query('CREATE TABLE cup (tea int); INSERT INTO cup VALUES (0)');
    const change = () =>
      database.transaction(async (tx) => {
        // An id of the transaction that says nothing of when it gets the row.
        await tx.query('SELECT pg_current_xact_id(), pg_sleep(random() * 0.01)');
        const [row] = await tx.query<{ tea: number }>('UPDATE cup SET tea = tea + 1 RETURNING tea');
        await outbox.add(tx, poured, { cup: 'a', pour: row?.tea ?? Number.NaN });
      });
    const writers = Array.from({ length: 8 }, async () => {
      for (let n = 0; n < 25; n += 1) await change();
    });
    await Promise.all(writers);
    expect(await outbox.flushed(30_000)).toBe(true);
    expect(await published()).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  });

  it('brings every event of many writers at once to the log, in the order of each', async () => {
    relay();
    await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let n = 0; n < 30; n += 1) await pour(writer * 1_000 + n, `cup ${writer}`);
      }),
    );
    expect(await outbox.flushed(30_000)).toBe(true);
    const all = await published();
    expect(all).toHaveLength(180);
    for (let writer = 0; writer < 6; writer += 1) {
      const ofWriter = (
        await postgres
          .connect(logUrl)
          .query<{ pour: number }>(
            "SELECT (envelope::json -> 'data' ->> 'pour')::int AS pour FROM event_log.records WHERE key = $1 ORDER BY position",
            [`cup ${writer}`],
          )
      ).map((row) => row.pour);
      expect(ofWriter).toEqual(Array.from({ length: 30 }, (_, n) => writer * 1_000 + n));
    }
    expect(await database.query('SELECT 1 FROM outbox')).toEqual([]);
  });

  it('is emptied by one relay at a time, and by another when that one is gone', async () => {
    let busy = 0;
    let most = 0;
    const counting: EventLog = {
      ...log,
      append: async (records: readonly LogRecord[]) => {
        busy += 1;
        most = Math.max(most, busy);
        await sleep(5);
        await log.append(records);
        busy -= 1;
      },
    };
    const first = relay(counting);
    await pour(1);
    await outbox.flushed();
    relay(counting);
    for (let n = 2; n <= 10; n += 1) await pour(n);
    await first.stop();
    for (let n = 11; n <= 20; n += 1) await pour(n);
    expect(await outbox.flushed(30_000)).toBe(true);
    expect(most).toBe(1);
    expect(await published()).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  it('says that it is not flushed while the log is away, and keeps what it has', async () => {
    let away = true;
    relay({
      ...log,
      append: async (records: readonly LogRecord[]) => {
        if (away) throw new Error('The log is away');
        await log.append(records);
      },
    });
    await pour(1);
    expect(await outbox.flushed(100)).toBe(false);
    away = false;
    expect(await outbox.flushed(30_000)).toBe(true);
    expect(await published()).toEqual([1]);
  });

  it('goes on after PostgreSQL was killed', async () => {
    relay();
    await pour(1);
    await outbox.flushed();
    await postgres.server.kill('SIGKILL');
    await postgres.server.restart();
    await pour(2);
    expect(await outbox.flushed(30_000)).toBe(true);
    expect(await published()).toEqual([1, 2]);
  });

  it('takes a lone event to the log at once, through the relay of its own process or another’s', async () => {
    const own = relay();
    while (!own.isWorking) await sleep(10);
    const alone = new Outbox(database, 'urn:yinglian:tea', own);
    await alone.addAlone(poured, { cup: 'a', pour: 1 });
    expect(await alone.flushed(10_000)).toBe(true);
    const elsewhere = new Outbox(database, 'urn:yinglian:tea', { isWorking: false, wake: () => undefined });
    await elsewhere.addAlone(poured, { cup: 'a', pour: 2 });
    expect(await elsewhere.flushed(10_000)).toBe(true);
  });

  it('is not read whole by a relay that began while it was empty', async () => {
    await database.query('ALTER TABLE outbox SET (autovacuum_enabled = off)');
    await database.query('VACUUM ANALYZE outbox');
    relay();
    for (let n = 1; n <= 10; n += 1) await pour(n);
    const many = Array.from({ length: 1_000 }, (_, more) => ({ cup: 'a', pour: more }));
    await database.transaction((tx) => outbox.addAll(tx, poured, many));
    for (let n = 1; n <= 10; n += 1) {
      await pour(n);
      await sleep(50);
    }
    while ((await published()).length < 1_020) await sleep(50);
    await sleep(STATISTICS_AFTER_MS);
    const [table] = await database.query<{ reads: string }>(
      "SELECT seq_tup_read AS reads FROM pg_stat_user_tables WHERE relname = 'outbox'",
    );
    expect(Number(table?.reads)).toBe(0);
  });

  it('is woken by a commit, long before it would look by itself', async () => {
    relay();
    await pour(0);
    await outbox.flushed();
    const times: number[] = [];
    for (let n = 1; n <= 40; n += 1) {
      await pour(n);
      const committedAt = performance.now();
      await outbox.flushed();
      times.push(performance.now() - committedAt);
    }
    const median = times.sort((a, b) => a - b)[20] ?? Number.NaN;
    expect(median).toBeLessThan(500);
  });
});
