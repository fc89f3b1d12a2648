import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPostgres } from '@yinglian/testing';
import { Database, storableJson } from './index.js';

describe('Database', () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await TestPostgres.start();
  });
  afterAll(() => postgres.stop());

  it('commits what succeeds and rolls back what throws', async () => {
    const database = postgres.connect(await postgres.createDatabase());
    await database.query('CREATE TABLE cups (id int)');
    await database.transaction((tx) => tx.query('INSERT INTO cups VALUES (1)'));
    const broken = database.transaction(async (tx) => {
      await tx.query('INSERT INTO cups VALUES (2)');
      throw new Error('spilled');
    });
    await expect(broken).rejects.toThrow('spilled');
    expect(await database.query('SELECT id FROM cups')).toEqual([{ id: 1 }]);
  });

  it('keeps a replacement character for what PostgreSQL has none for, and finds it by what was said', async () => {
    const database = postgres.connect(await postgres.createDatabase());
    await database.query('CREATE TABLE cups (name text, names text[], told jsonb)');
    const said = 'a\0b\ud800';
    await database.transaction((tx) =>
      tx.query('INSERT INTO cups VALUES ($1, $2, $3)', [said, [said, null], storableJson({ said: [said, '\\u0000'] })]),
    );
    const [cup] = await database.query('SELECT * FROM cups WHERE name = $1 AND names && $2', [said, [said]]);
    const kept = 'a\uFFFDb\uFFFD';
    expect(cup).toEqual({ name: kept, names: [kept, null], told: { said: [kept, '\\u0000'] } });
  });

  it('opens no more connections than it may; what is more waits and is served', async () => {
    const url = await postgres.createDatabase();
    const database = new Database({ url, applicationName: 'tea', maxConnections: 3 });
    const busy = Array.from({ length: 20 }, () =>
      database.query<{ others: number }>(
        `SELECT count(*)::int AS others, pg_sleep(0.02)
         FROM pg_stat_activity WHERE application_name = 'tea' AND datname = current_database()`,
      ),
    );
    const seen = (await Promise.all(busy)).map(([row]) => row?.others ?? 0);
    await database.close();
    expect(seen).toHaveLength(20);
    expect(Math.max(...seen)).toBeLessThanOrEqual(3);
  });

  it('gives a connection back whole, also after a statement of its transaction failed', async () => {
    const url = await postgres.createDatabase();
    const database = new Database({ url, applicationName: 'tea', maxConnections: 1 });
    const failing = database.transaction((tx) => tx.query('SELECT * FROM saucers'));
    await expect(failing).rejects.toThrow('relation "saucers" does not exist');
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('throws from a transaction whose connection is cut, and works on with another', async () => {
    const database = postgres.connect(await postgres.createDatabase());
    const cut = database.transaction(async (tx) => {
      const [own] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await database.query('SELECT pg_terminate_backend($1)', [own?.pid]);
      await tx.query('SELECT 1');
    });
    await expect(cut).rejects.toThrow();
    expect(await database.transaction((tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('may be closed again', async () => {
    const database = postgres.connect(await postgres.createDatabase());
    await database.query('SELECT 1');
    await Promise.all([database.close(), database.close()]);
    await database.close();
    await expect(database.query('SELECT 1')).rejects.toThrow('Cannot use a pool after calling end');
  });

  it('works again after the server was killed and came back', async () => {
    const database = postgres.connect(await postgres.createDatabase());
    await database.query('CREATE TABLE cups (id int)');
    await postgres.server.kill('SIGKILL');
    // A connection's own process may answer once more before it notices.
    const isAnswered = () => database.query('SELECT 1').then(Boolean, () => false);
    while (await isAnswered()) await pause(5);
    await postgres.server.restart();
    expect(await database.query('SELECT count(*)::int AS cups FROM cups')).toEqual([{ cups: 0 }]);
  });
});
