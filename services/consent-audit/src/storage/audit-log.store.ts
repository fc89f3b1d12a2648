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

/** The audit log's tree and what was signed of it; the records themselves are the accesses. */
export class AuditLogStore implements TileReader {
  constructor(private readonly sql: Sql) {}

  /** Waits until nobody else does the same. Whoever seals sees records that were committed: their places have no gaps either. */
  async lockTo(what: keyof typeof LOCKS): Promise<void> {
    await this.sql.query('SELECT pg_advisory_xact_lock($1)', [LOCKS[what]]);
  }

  /** The one with the most records; undefined when nothing was sealed yet. */
  async newestCheckpoint(): Promise<KeptCheckpoint | undefined> {
    const row = await first<{ size: string; note: string }>(
      this.sql,
      'SELECT size, note FROM log_checkpoints ORDER BY size DESC LIMIT 1',
      [],
      'newest-checkpoint',
    );
    return row && { ...row, size: Number(row.size) };
  }

  async checkpointOf(size: number): Promise<KeptCheckpoint | undefined> {
    const row = await first<{ note: string }>(this.sql, 'SELECT note FROM log_checkpoints WHERE size = $1', [size]);
    return row && { size, note: row.note };
  }

  /** In the order of their sizes. */
  async checkpoints(aboveSize: number, limit: number): Promise<KeptCheckpoint[]> {
    const rows = await this.sql.query<{ size: string; note: string }>(
      'SELECT size, note FROM log_checkpoints WHERE size > $1 ORDER BY size LIMIT $2',
      [aboveSize, limit],
    );
    return rows.map(({ size, note }) => ({ size: Number(size), note }));
  }

  /** Keeps a new checkpoint instead of the one before, unless that was the last one of an earlier minute. */
  async keepCheckpoint({ size, note }: KeptCheckpoint, sealedAt: Date): Promise<void> {
    await this.sql.query(
      `DELETE FROM log_checkpoints
       WHERE size = (SELECT max(size) FROM log_checkpoints) AND date_trunc('minute', sealed_at) = date_trunc('minute', $1::timestamptz)`,
      [sealedAt],
    );
    await this.sql.query('INSERT INTO log_checkpoints (size, note, sealed_at) VALUES ($1, $2, $3)', [
      size,
      note,
      sealedAt,
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
}
