import { first, type Sql } from '@yinglian/persistence';
import type { Finder } from '../domain/kept-object.js';

export type Asker = Exclude<Finder, 'scrubber'>;

export interface ScrubRequest {
  readonly digest: string;
  readonly askedBy: Asker;
  /** As PostgreSQL writes it: of one digest the later one is told from the earlier one. */
  readonly askedAt: string;
}

/** Packs that are to be read at once; one row each, however often it is asked for. */
export class ScrubRequestStore {
  constructor(private readonly sql: Sql) {}

  async add(digest: string, askedBy: Asker): Promise<void> {
    await this.sql.query(
      'INSERT INTO scrub_requests (digest, asked_by) VALUES ($1, $2) ON CONFLICT (digest) DO UPDATE SET asked_at = now()',
      [digest, askedBy],
    );
  }

  /** For who meets damage: what is known to be damaged is tried again when its time has come. */
  async addUnlessKnown(digest: string, askedBy: Asker): Promise<void> {
    await this.sql.query(
      `INSERT INTO scrub_requests (digest, asked_by) SELECT $1, $2 WHERE NOT EXISTS (
         SELECT 1 FROM damaged_objects WHERE digest = $1 AND place = 'primary' AND object = 'pack' AND state <> 'healed')
       ON CONFLICT (digest) DO NOTHING`,
      [digest, askedBy],
    );
  }

  next(): Promise<ScrubRequest | undefined> {
    return first<ScrubRequest>(
      this.sql,
      `SELECT digest, asked_by AS "askedBy", asked_at::text AS "askedAt" FROM scrub_requests ORDER BY asked_at LIMIT 1`,
      [],
      'scrub-next-request',
    );
  }

  /** One that was asked for again meanwhile stays. */
  async done({ digest, askedAt }: ScrubRequest): Promise<void> {
    await this.sql.query('DELETE FROM scrub_requests WHERE digest = $1 AND asked_at <= $2::timestamptz', [
      digest,
      askedAt,
    ]);
  }
}
