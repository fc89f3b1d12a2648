import { first, type Sql } from '@yinglian/persistence';

/** Readings of one pack within it are one. */
const NOTED_FOR = "interval '1 day'";
/** What a gateway said longer ago is asked again. */
const BELIEVED_FOR = "interval '10 minutes'";

/** Packs that came from hospitals that keep their pixels, and when they were read last. */
export class PulledPackStore {
  constructor(private readonly sql: Sql) {}

  /** What else was read, and what was read within the day, changes nothing. */
  async read(digests: readonly string[]): Promise<void> {
    await this.sql.query(
      `UPDATE pulled_packs SET read_at = now(), kept_at = NULL WHERE digest = ANY ($1) AND read_at < now() - ${NOTED_FOR}`,
      [digests],
      'pulled-packs-read',
    );
  }

  /** When the pack was read last, of those that were read most lately, with which they come to more than so many bytes; undefined when all have room. */
  async readBeforeRoomEnds(bytes: number): Promise<Date | undefined> {
    const row = await first<{ readAt: Date | null }>(
      this.sql,
      `SELECT max(read_at) + interval '1 millisecond' AS "readAt" FROM (
         SELECT read_at, sum(size_bytes) OVER (ORDER BY read_at DESC) AS bytes FROM pulled_packs) pulled WHERE bytes > $1`,
      [bytes],
    );
    return row?.readAt ?? undefined;
  }

  /** Those of a hospital that were read last until then, of which it has not said lately that it has them. */
  async toAsk(hospital: string, readUntil: Date, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ digest: string }>(
      `SELECT digest FROM pulled_packs WHERE hospital = $1 AND read_at <= $2 AND (kept_at IS NULL OR kept_at < now() - ${BELIEVED_FOR})
       ORDER BY read_at LIMIT $3`,
      [hospital, readUntil, limit],
      'pulled-packs-to-ask',
    );
    return rows.map(({ digest }) => digest);
  }

  /** Its hospital's gateway has all of it, as it says now. */
  async kept(digest: string, hospital: string): Promise<void> {
    await this.sql.query('UPDATE pulled_packs SET kept_at = now() WHERE digest = $1 AND hospital = $2', [
      digest,
      hospital,
    ]);
  }

  /** Those of which that was said lately, read last until then. */
  async toRelease(readUntil: Date, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ digest: string }>(
      `SELECT digest FROM pulled_packs WHERE kept_at >= now() - ${BELIEVED_FOR} AND read_at <= $1 ORDER BY kept_at LIMIT $2`,
      [readUntil, limit],
    );
    return rows.map(({ digest }) => digest);
  }

  /** It is not let go: its hospital lacks it, or has it no longer as a rule. */
  async stays(digest: string, hospital?: string): Promise<void> {
    await this.sql.query('DELETE FROM pulled_packs WHERE digest = $1 AND hospital = COALESCE($2, hospital)', [
      digest,
      hospital ?? null,
    ]);
  }

  /**
   * Under the lock of its study: from now on it is at its hospital, unless it was read since, or something keeps it here. What keeps it is
   * asked about again later.
   */
  async release(digest: string, readUntil: Date): Promise<boolean> {
    const released = await first<{ hospital: string; bytes: number }>(
      this.sql,
      `WITH released AS (
         DELETE FROM pulled_packs pulled USING packs, studies
         WHERE pulled.digest = $1 AND packs.digest = $1 AND studies.study_uid = packs.study_uid AND pulled.read_at <= $2
           AND pulled.kept_at >= now() - ${BELIEVED_FOR} AND NOT packs.at_hospital AND NOT studies.is_held
           AND NOT EXISTS (SELECT 1 FROM retired_packs WHERE digest = $1)
           AND NOT EXISTS (SELECT 1 FROM replica_queue WHERE digest = $1)
           AND NOT EXISTS (SELECT 1 FROM damaged_objects WHERE digest = $1 AND state <> 'healed')
         RETURNING pulled.digest, pulled.hospital, pulled.size_bytes
       ), away AS (
         UPDATE packs SET at_hospital = true WHERE digest = (SELECT digest FROM released)
       ), queued AS (
         INSERT INTO released_packs (digest) SELECT digest FROM released ON CONFLICT (digest) DO UPDATE SET released_at = now()
       ), outlined AS (
         INSERT INTO replica_queue (digest) SELECT digest FROM released
         WHERE EXISTS (SELECT 1 FROM scrub_places WHERE place = 'replica') ON CONFLICT DO NOTHING
       ), counted AS (
         INSERT INTO released_totals AS total (hospital, packs, size_bytes) SELECT hospital, 1, size_bytes FROM released
         ON CONFLICT (hospital) DO UPDATE SET packs = total.packs + 1, size_bytes = total.size_bytes + excluded.size_bytes
       )
       SELECT hospital, size_bytes::float8 AS bytes FROM released`,
      [digest, readUntil],
    );
    if (released !== undefined) await this.sql.query('DELETE FROM recompress_again WHERE digest = $1', [digest]);
    else await this.sql.query('UPDATE pulled_packs SET kept_at = NULL WHERE digest = $1', [digest]);
    return released !== undefined;
  }
}
