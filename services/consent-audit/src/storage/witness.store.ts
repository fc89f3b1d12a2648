import { first, type Sql } from '@yinglian/persistence';
import type { KeptCheckpoint } from './audit-log.store.js';

/** What a hospital's gateway signed of the log. */
export interface KeptWitness {
  readonly hospital: string;
  /** By which it signs now. */
  readonly verifierKey: string;
  readonly since: Date;
  /** Its newest cosignature, and how many records that covers; null before the first one. */
  readonly witnessedAt: Date | null;
  readonly size: number | null;
}

export interface KeptCosignature {
  readonly hospital: string;
  readonly size: number;
  /** To stand under the checkpoint's note. */
  readonly line: string;
}

/** Go's `note` and others read a hundred signatures, and those of the log are among them. */
const LINES_AT_MOST = 90;

/** Witnesses of the audit log. */
export class WitnessStore {
  constructor(private readonly sql: Sql) {}

  /** Whether the hospital had a key before, and whether this is another than any of them. */
  async keepKey(hospital: string, verifierKey: string, now: Date): Promise<'known' | 'first' | 'another'> {
    const rows = await this.sql.query(
      'INSERT INTO log_witness_keys (hospital, verifier_key, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
      [hospital, verifierKey, now],
    );
    if (rows.length === 0) return 'known';
    const [count] = await this.sql.query<{ keys: string }>(
      'SELECT count(*) AS keys FROM log_witness_keys WHERE hospital = $1',
      [hospital],
    );
    return Number(count?.keys) === 1 ? 'first' : 'another';
  }

  /** Keeps the cosignature instead of the hospital's newest one, unless that is of an earlier hour. */
  async keepCosignature({ hospital, size, line }: KeptCosignature, now: Date): Promise<void> {
    await this.sql.query(
      `DELETE FROM log_cosignatures WHERE hospital = $1 AND date_trunc('hour', cosigned_at) = date_trunc('hour', $2::timestamptz)
         AND size = (SELECT max(size) FROM log_cosignatures WHERE hospital = $1)`,
      [hospital, now],
    );
    await this.sql.query(
      `INSERT INTO log_cosignatures (hospital, size, line, cosigned_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (hospital, size) DO UPDATE SET line = excluded.line, cosigned_at = excluded.cosigned_at`,
      [hospital, size, line, now],
    );
  }

  /** By hospital. */
  async witnesses(): Promise<KeptWitness[]> {
    const rows = await this.sql.query<Omit<KeptWitness, 'size'> & { size: string | null }>(
      `SELECT DISTINCT ON (k.hospital) k.hospital, verifier_key AS "verifierKey", since, c.size, cosigned_at AS "witnessedAt"
       FROM log_witness_keys k LEFT JOIN LATERAL (
         SELECT size, cosigned_at FROM log_cosignatures WHERE hospital = k.hospital ORDER BY size DESC LIMIT 1
       ) c ON true ORDER BY k.hospital, since DESC`,
    );
    return rows.map((row) => ({ ...row, size: row.size === null ? null : Number(row.size) }));
  }

  /** Of how many records the newest checkpoint is that a hospital signed; undefined before the first one. */
  async newestSize(): Promise<number | undefined> {
    const row = await first<{ size: string }>(
      this.sql,
      'SELECT size FROM log_cosignatures ORDER BY size DESC LIMIT 1',
      [],
    );
    return row && Number(row.size);
  }

  /** The checkpoints' notes with the lines of witnesses under each; a note twice where there are more than others read at once. */
  async cosigned(checkpoints: readonly KeptCheckpoint[]): Promise<string[]> {
    const rows = await this.sql.query<{ size: string; line: string }>(
      'SELECT size, line FROM log_cosignatures WHERE size = ANY ($1::bigint[]) ORDER BY size, hospital',
      [checkpoints.map(({ size }) => size)],
    );
    const lines = Map.groupBy(rows, ({ size }) => Number(size));
    return checkpoints.flatMap(({ size, note }) => {
      const own = lines.get(size) ?? [];
      const notes = Math.max(Math.ceil(own.length / LINES_AT_MOST), 1);
      return Array.from({ length: notes }, (_, n) => {
        const some = own.slice(n * LINES_AT_MOST, (n + 1) * LINES_AT_MOST);
        return `${note}${some.map(({ line }) => line).join('')}`;
      });
    });
  }
}
