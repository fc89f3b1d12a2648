import type { Sql } from '@yinglian/persistence';

/** Documents of reports: which hospital brought which. */
export class DocumentStore {
  constructor(private readonly sql: Sql) {}

  async has(hospital: string, digest: string): Promise<boolean> {
    const rows = await this.sql.query('SELECT 1 FROM documents WHERE hospital = $1 AND digest = $2', [
      hospital,
      digest,
    ]);
    return rows.length > 0;
  }

  /** Where there is a replica, it waits from now on to be copied there. */
  async add(hospital: string, digest: string, sizeBytes: number): Promise<void> {
    await this.sql.query(
      `WITH queued AS (
         INSERT INTO replica_queue (digest) SELECT $2 WHERE EXISTS (SELECT 1 FROM scrub_places WHERE place = 'replica')
         ON CONFLICT DO NOTHING
       )
       INSERT INTO documents (hospital, digest, size_bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
      [hospital, digest, sizeBytes],
    );
  }
}

/** Of the object that holds the bytes. */
export const documentKey = (digest: string) => `documents/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`;
