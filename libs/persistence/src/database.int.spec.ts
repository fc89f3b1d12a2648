import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestPostgres } from '@yinglian/testing';

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
