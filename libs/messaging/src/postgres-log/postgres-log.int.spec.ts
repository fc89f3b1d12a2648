import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPostgres } from '@yinglian/testing';
import { eventLogContract } from '../event-log/event-log.contract.js';
import { cupEvents, recordOf } from '../testing/cup-events.js';
import { fetchRecords } from './log.store.js';
import { PostgresLog } from './postgres-log.js';
import { prepareEventLog } from './prepare-event-log.js';

/** An idle connection tells what it read once a second. */
const STATISTICS_AFTER_MS = 1_500;

const as = (url: string, role: string) => url.replace(/\/\/.*@/, `//${role}:x@`);

eventLogContract('PostgreSQL', async () => {
  const postgres = await TestPostgres.start();
  const url = await postgres.createDatabase('event_log');
  await prepareEventLog(url, {
    roles: [
      { name: 'tea', password: 'x', writes: [], reads: true },
      { name: 'kitchen', password: 'x', writes: ['persons', 'hospital.*'], reads: false },
    ],
  });
  return {
    open: (name) => new PostgresLog({ url: as(url, name), applicationName: name }),
    environment: (name) => ({ EVENTS: 'postgres', EVENT_LOG_URL: as(url, name) }),
    kill: () => postgres.server.kill('SIGKILL'),
    restart: () => postgres.server.restart(),
    stop: () => postgres.stop(),
  };
});

describe('roles of the PostgreSQL log', () => {
  let postgres: TestPostgres;
  let url: string;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
    url = await postgres.createDatabase('event_log');
    await prepareEventLog(url, { roles: [gateway('H001')] });
  });
  afterAll(() => postgres.stop());

  const gateway = (code: string) => ({
    name: `gateway-${code}`,
    password: 'x',
    writes: [`hospital.${code}`],
    reads: false,
  });
  const poured = (hospital?: string) =>
    recordOf(cupEvents('cup.poured.v1'), { cup: 'a', pour: 1, ...(hospital === undefined ? {} : { hospital }) });
  async function append(role: string, ...records: ReturnType<typeof poured>[]) {
    const log = new PostgresLog({ url: as(url, role), applicationName: role });
    try {
      await log.append(records);
    } finally {
      await log.close();
    }
  }

  it('let a gateway write to its own hospital’s topic and to no other', async () => {
    await append('gateway-H001', poured('H001'));
    await expect(append('gateway-H001', poured('H002'))).rejects.toThrow('permission denied for topic hospital.H002');
    await expect(append('gateway-H001', poured())).rejects.toThrow('permission denied for topic persons');
    await expect(append('gateway-H001', poured('H001'), poured('H002'))).rejects.toThrow('permission denied');
    const records = await postgres.connect(url).query('SELECT topic FROM event_log.records');
    expect(records).toEqual([{ topic: 'hospital.H001' }]);
  });

  it('keep everybody from the tables, and gateways from reading', async () => {
    const database = postgres.connect(as(url, 'gateway-H001'));
    for (const statement of [
      'SELECT * FROM event_log.records',
      "INSERT INTO event_log.heads VALUES ('hospital.H002', 0, 1)",
      "INSERT INTO event_log.acl VALUES ('gateway-H001', '*')",
      "SELECT event_log.prune('1 day')",
      'CREATE TABLE public.mine (id int)',
    ]) {
      await expect(database.query(statement)).rejects.toThrow(/permission denied/);
    }
  });

  it('are added while others work, and are brought to what is asked', async () => {
    await expect(append('gateway-H003', poured('H003'))).rejects.toThrow();
    await prepareEventLog(url, { roles: [gateway('H003')] });
    await prepareEventLog(url, { roles: [gateway('H003')] });
    await append('gateway-H003', poured('H003'));
    await append('gateway-H001', poured('H001'));
    await prepareEventLog(url, { roles: [{ ...gateway('H003'), writes: [] }] });
    await expect(append('gateway-H003', poured('H003'))).rejects.toThrow('permission denied');
  });

  it('each see their own offsets only', async () => {
    const reader = (name: string) => ({ name, password: 'x', writes: [], reads: true });
    await prepareEventLog(url, { roles: [reader('tea'), reader('coffee')] });
    const tea = postgres.connect(as(url, 'tea'));
    const coffee = postgres.connect(as(url, 'coffee'));
    const commit = `INSERT INTO event_log.offsets (consumer_group, topic, partition, position) VALUES ('g', 't', 0, 7)`;
    await tea.query(commit);
    expect(await coffee.query('SELECT * FROM event_log.offsets')).toEqual([]);
    await expect(coffee.query(`INSERT INTO event_log.offsets VALUES ('tea', 'other', 't', 0, 1)`)).rejects.toThrow(
      'row-level security',
    );
  });

  it('forgets old records once every group has passed them', async () => {
    const own = await postgres.createDatabase('event_log');
    await prepareEventLog(own, {
      roles: [{ name: 'cook', password: 'x', writes: ['persons'], reads: true }],
    });
    const cook = postgres.connect(as(own, 'cook'));
    const log = new PostgresLog({ url: as(own, 'cook'), applicationName: 'cook' });
    await log.append([poured(), poured(), poured()]);
    await log.close();
    const admin = postgres.connect(own);
    await admin.query("UPDATE event_log.records SET appended_at = now() - interval '8 days'");
    await cook.query(
      `INSERT INTO event_log.offsets (consumer_group, topic, partition, position)
       SELECT 'cook', topic, partition, 2 FROM event_log.heads`,
    );
    expect(await cook.query("SELECT event_log.prune('7 days')::int AS deleted")).toEqual([{ deleted: 2 }]);
    expect(await admin.query('SELECT position::int FROM event_log.records')).toEqual([{ position: 3 }]);
  });

  it('is read from the first few partitions that have something, and of each no more than asked for', async () => {
    const own = await postgres.createDatabase('event_log');
    await prepareEventLog(own, { roles: [{ name: 'cook', password: 'x', writes: ['persons'], reads: true }] });
    const admin = postgres.connect(own);
    await admin.query(
      `INSERT INTO event_log.records (topic, partition, position, key, event_id, envelope)
       SELECT 'persons', partition, position, 'k', partition || '-' || position, '{}'
       FROM generate_series(0, 5) AS partition, generate_series(1, 3) AS position`,
    );
    const at = (partition: number, position: number) => ({ topic: 'persons', partition, position });
    const after = [at(4, 3), at(3, 2), at(9, 0), at(5, 0), at(0, 0)];
    const fetched = await fetchRecords(admin.pool, after, { records: 2, partitions: 2 });
    const ids = new Map([...fetched].map(([name, records]) => [name, records.map(({ eventId }) => eventId)]));
    expect(ids).toEqual(
      new Map([
        ['persons/3', ['3-3']],
        ['persons/5', ['5-1', '5-2']],
      ]),
    );
  });
});

describe('an append', () => {
  it('reads no more of a log that has grown than of the empty one that its connection began with', async () => {
    const postgres = await TestPostgres.start(['autovacuum=off']);
    const url = await postgres.createDatabase('event_log');
    await prepareEventLog(url, { roles: [{ name: 'kitchen', password: 'x', writes: ['persons'], reads: false }] });
    const log = new PostgresLog({ url: as(url, 'kitchen'), applicationName: 'kitchen' });
    const poured = cupEvents('cup.poured.v1');
    const database = postgres.connect(url);
    const rowsRead = async () => {
      await log.append([recordOf(poured, { cup: 'a', pour: 0 })]);
      const [read] = await database.query<{ rows: string }>(
        `SELECT pg_stat_clear_snapshot(), seq_tup_read + coalesce(sum(idx_tup_read), 0) AS rows
         FROM pg_stat_user_tables t JOIN pg_stat_user_indexes USING (relid) WHERE t.relname = 'records' GROUP BY seq_tup_read`,
      );
      return Number(read?.rows);
    };
    try {
      for (let pour = 1; pour <= 10; pour += 1) await log.append([recordOf(poured, { cup: 'a', pour })]);
      const many = Array.from({ length: 5_000 }, (_, pour) => recordOf(poured, { cup: 'a', pour }));
      await log.append(many);
      await sleep(STATISTICS_AFTER_MS);
      const before = await rowsRead();
      for (let pour = 1; pour <= 10; pour += 1) await log.append([recordOf(poured, { cup: 'a', pour })]);
      await sleep(STATISTICS_AFTER_MS);
      expect((await rowsRead()) - before).toBeLessThan(100);
    } finally {
      await log.close();
      await postgres.stop();
    }
  });
});
