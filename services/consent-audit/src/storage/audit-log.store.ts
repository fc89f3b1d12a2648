import { first, type Sql } from '@yinglian/persistence';
import type { Tile, TileId, TileReader } from '@yinglian/transparency-log';

/** One at a time adds records, and one seals them, each until their transaction ends. */
const LOCKS = { add: 7_201_954_054, seal: 7_201_954_055 };

export interface KeptCheckpoint {
  /** How many records it covers. */
  readonly size: number;
  /** A C2SP signed note. */
  readonly note: string;
}

const CHECKPOINT = 'SELECT size, note FROM log_checkpoints';

interface Row {
  readonly size: string;
  readonly note: string;
}

/** The audit log's tree and what was signed of it; the records themselves are the accesses. */
export class AuditLogStore implements TileReader {
  constructor(private readonly sql: Sql) {}

  /** Waits until nobody else does the same. Whoever seals sees records that were committed: their places have no gaps either. */
  async lockTo(what: keyof typeof LOCKS): Promise<void> {
    await this.sql.query('SELECT pg_advisory_xact_lock($1)', [LOCKS[what]]);
  }

  /** The one with the most records; undefined when nothing was sealed yet. */
  newestCheckpoint(): Promise<KeptCheckpoint | undefined> {
    return this.checkpoint('ORDER BY size DESC LIMIT 1', [], 'newest-checkpoint');
  }

  checkpointOf(size: number): Promise<KeptCheckpoint | undefined> {
    return this.checkpoint('WHERE size = $1', [size]);
  }

  /** The newest that no later one takes the place of: witnesses sign it. */
  lastingCheckpoint(now: Date): Promise<KeptCheckpoint | undefined> {
    const where = "WHERE sealed_at < date_trunc('minute', $1::timestamptz) ORDER BY size DESC LIMIT 1";
    return this.checkpoint(where, [now], 'lasting-checkpoint');
  }

  /** In the order of their sizes. */
  async checkpoints(aboveSize: number, limit: number): Promise<KeptCheckpoint[]> {
    const rows = await this.sql.query<Row>(`${CHECKPOINT} WHERE size > $1 ORDER BY size LIMIT $2`, [aboveSize, limit]);
    return rows.map(kept);
  }

  /** The notes at which the keys became others, the earliest first. */
  async turns(): Promise<string[]> {
    const rows = await this.sql.query<Row>(`${CHECKPOINT} WHERE turns_keys ORDER BY size`, [], 'key-turns');
    return rows.map(({ note }) => note);
  }

  /**
   * Keeps a new checkpoint instead of the one before, unless that was the last one of an earlier minute, or others refer to it.
   * @param turnsKeys whether the keys became others with it
   */
  async keepCheckpoint({ size, note }: KeptCheckpoint, sealedAt: Date, turnsKeys: boolean): Promise<void> {
    await this.sql.query(
      `DELETE FROM log_checkpoints c
       WHERE size = (SELECT max(size) FROM log_checkpoints) AND date_trunc('minute', sealed_at) = date_trunc('minute', $1::timestamptz)
         AND NOT turns_keys AND NOT EXISTS (SELECT FROM log_cosignatures WHERE size = c.size)`,
      [sealedAt],
    );
    await this.sql.query('INSERT INTO log_checkpoints (size, note, sealed_at, turns_keys) VALUES ($1, $2, $3, $4)', [
      size,
      note,
      sealedAt,
      turnsKeys,
    ]);
  }

  async readTiles(ids: readonly TileId[]): Promise<readonly Tile[]> {
    const rows = await this.sql.query<{ level: number; tile: string; hashes: Buffer }>(
      `SELECT level, tile, hashes FROM log_tiles JOIN unnest($1::smallint[], $2::bigint[]) AS asked (level, tile)
       USING (level, tile)`,
      [ids.map(({ level }) => level), ids.map(({ index }) => index)],
      'log-tiles',
    );
    return rows.map(({ level, tile, hashes }) => ({ level, index: Number(tile), hashes }));
  }

  async keepTiles(tiles: readonly Tile[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO log_tiles (level, tile, hashes) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
       ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes`,
      [tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ hashes }) => hashes)],
    );
  }

  private async checkpoint(which: string, values: unknown[], name?: string): Promise<KeptCheckpoint | undefined> {
    const row = await first<Row>(this.sql, `${CHECKPOINT} ${which}`, values, name);
    return row && kept(row);
  }
}

const kept = ({ size, note }: Row): KeptCheckpoint => ({ size: Number(size), note });
