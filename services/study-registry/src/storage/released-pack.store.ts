import type { Sql } from '@yinglian/persistence';

/** Packs that are at their hospitals again and whose bytes are to be deleted here. */
export class ReleasedPackStore {
  constructor(private readonly sql: Sql) {}

  async next(limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ digest: string }>(
      'SELECT digest FROM released_packs ORDER BY released_at LIMIT $1',
      [limit],
    );
    return rows.map(({ digest }) => digest);
  }

  async done(digest: string): Promise<void> {
    await this.sql.query('DELETE FROM released_packs WHERE digest = $1', [digest]);
  }
}
