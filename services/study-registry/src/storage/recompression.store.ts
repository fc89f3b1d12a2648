import { first, type Sql } from '@yinglian/persistence';

export interface PackInTurn {
  readonly digest: string;
  readonly sequence: number;
  readonly committedAt: Date;
}

/** How far packs were looked at whether they can be stored compact. */
export class RecompressionStore {
  constructor(private readonly sql: Sql) {}

  /** The last one that was looked at. */
  async through(): Promise<number> {
    const row = await first<{ through: number }>(
      this.sql,
      'SELECT through_sequence::float8 AS through FROM recompression',
    );
    return row?.through ?? 0;
  }

  /** Those behind one, in the order in which packs were registered. */
  behind(sequence: number, limit: number): Promise<PackInTurn[]> {
    return this.sql.query<PackInTurn>(
      `SELECT digest, packs.sequence::float8 AS sequence, committed_at AS "committedAt" FROM packs
       WHERE packs.sequence > $1 ORDER BY packs.sequence LIMIT $2`,
      [sequence, limit],
      'recompress-behind',
    );
  }

  /** Whether it was the next one: another beginning may have been made meanwhile. */
  async passed(before: number, sequence: number): Promise<boolean> {
    const rows = await this.sql.query(
      'UPDATE recompression SET through_sequence = $2 WHERE through_sequence = $1 RETURNING 1',
      [before, sequence],
      'recompress-passed',
    );
    return rows.length > 0;
  }

  /** It is looked at again when it has been there for as long as others have. */
  async again(digest: string): Promise<void> {
    await this.sql.query(
      'INSERT INTO recompress_again (digest) VALUES ($1) ON CONFLICT (digest) DO UPDATE SET since = now()',
      [digest],
    );
  }

  /** One that is to be looked at again. */
  async dueAgain(since: Date): Promise<string | undefined> {
    const row = await first<{ digest: string }>(
      this.sql,
      'SELECT digest FROM recompress_again WHERE since < $1 ORDER BY since LIMIT 1',
      [since],
      'recompress-due-again',
    );
    return row?.digest;
  }

  /** Unless it was to be looked at again meanwhile. */
  async doneAgain(digest: string, since: Date): Promise<void> {
    await this.sql.query('DELETE FROM recompress_again WHERE digest = $1 AND since < $2', [digest, since]);
  }

  /** All of it is looked at again, and accounted for anew: the store is another one. */
  async beginAnew(): Promise<void> {
    await this.sql.query('UPDATE recompression SET through_sequence = 0');
    await this.sql.query('TRUNCATE compact_packs, compact_totals, recompress_again');
  }
}
