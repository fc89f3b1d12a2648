import type { Database } from '@yinglian/persistence';

/** Two loads would each begin and end the first filling. Throws when one is at work on this database. */
export async function onlyOne<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  // A server that restarts is met by what is asked next.
  client.on('error', () => {});
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended('load-patients', 0)) AS taken",
    );
    if (rows[0]?.taken !== true) throw new Error('Another load is at work on this index: let it end first.');
    return await work();
  } finally {
    // The lock goes with its connection.
    client.release(true);
  }
}
