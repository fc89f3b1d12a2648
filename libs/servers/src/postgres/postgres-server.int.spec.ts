import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@yinglian/persistence';
import { TestPostgres } from '@yinglian/testing';

const WRITERS = 6;
/** Never looks whether its server still lives. */
const BUSY_FOR_MINUTES = 'SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b';

describe('PostgreSQL that is killed while it is busy', () => {
  let postgres: TestPostgres;
  let url: string;
  let database: Database;
  beforeEach(async () => {
    postgres = await TestPostgres.start();
    url = await postgres.createDatabase();
    database = postgres.connect(url);
    await database.query('CREATE TABLE cups (round int, writer int, n int)');
  });
  afterEach(() => postgres.stop());

  /** Writes until the server is gone; resolves to how many rows it was told are there. */
  async function write(round: number, writer: number): Promise<number> {
    for (let n = 0; ; n += 1) {
      try {
        await database.query('INSERT INTO cups VALUES ($1, $2, $3)', [round, writer, n]);
      } catch {
        return n;
      }
    }
  }

  async function killUnderLoad(round: number): Promise<number> {
    const counting = postgres.connect(url);
    const lost = counting.query(BUSY_FOR_MINUTES).catch(() => 'lost');
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(round, writer)));
    await pause(200);
    await postgres.server.kill('SIGKILL');
    await postgres.server.restart();
    expect(await lost).toBe('lost');
    return (await writing).reduce((sum, told) => sum + told, 0);
  }

  it('starts again at once, five times in a row, with all that was committed', async () => {
    let told = 0;
    for (let round = 1; round <= 5; round += 1) {
      told += await killUnderLoad(round);
      const [row] = await database.query<{ rows: number }>('SELECT count(*)::int AS rows FROM cups');
      // What was not answered may have been committed all the same: one row of each writer and round.
      expect(row?.rows).toBeGreaterThanOrEqual(told);
      expect(row?.rows).toBeLessThanOrEqual(told + round * WRITERS);
    }
    expect(told).toBeGreaterThan(0);
  });

  it('leaves no process behind when it is stopped instead of started again', async () => {
    const lost = database.query(BUSY_FOR_MINUTES).catch(() => 'lost');
    await pause(100);
    await postgres.server.kill('SIGKILL');
    await postgres.server.stop();
    expect(await lost).toBe('lost');
  });
});
