import { first, type Sql } from '@yinglian/persistence';

/** What a gateway may say of a pack that it is asked for and does not bring. */
export const PULL_FAILURES = ['missing', 'damaged'] as const;
export type PullFailure = (typeof PULL_FAILURES)[number];

export interface WantedPack {
  readonly digest: string;
  readonly studyUid: string;
  readonly hospital: string;
}

/** Who waited so long has gone. */
const WANTED_FOR = "interval '2 minutes'";
/** A gateway that was told and has begun nothing may have been killed: it is told again. */
const TOLD_AGAIN_AFTER = "interval '5 seconds'";

/** The channel on which processes tell one another the digests of packs that come, have come, or will not. */
export const CHANGED_PULLS = 'changed_pulls';

/** Packs that are wanted from hospitals. */
export class PullStore {
  constructor(private readonly sql: Sql) {}

  /** Whatever came of an earlier wish. */
  async want({ digest, studyUid, hospital }: WantedPack): Promise<void> {
    await this.sql.query(
      `INSERT INTO pulls (digest, study_uid, hospital, wanted_at) VALUES ($1, $2, $3, clock_timestamp())
       ON CONFLICT (digest) DO UPDATE SET wanted_at = clock_timestamp(), failed_at = NULL, failure = NULL,
         told_at = CASE WHEN pulls.failed_at IS NULL THEN pulls.told_at END`,
      [digest, studyUid, hospital],
      'pull-want',
    );
  }

  /** The packs that a hospital's gateway has to be told of now, those that are waited for longest first; they count as told. */
  async tell(hospital: string, most: number): Promise<Pick<WantedPack, 'digest' | 'studyUid'>[]> {
    const told = await this.sql.query<WantedPack & { wantedAt: Date }>(
      `UPDATE pulls SET told_at = now() WHERE digest IN (
         SELECT digest FROM pulls WHERE hospital = $1 AND wanted_at > now() - ${WANTED_FOR} AND failed_at IS NULL
           AND (told_at IS NULL OR told_at < now() - ${TOLD_AGAIN_AFTER})
         ORDER BY wanted_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING digest, study_uid AS "studyUid", hospital, wanted_at AS "wantedAt"`,
      [hospital, most],
      'pulls-tell',
    );
    return told.sort((one, other) => one.wantedAt.getTime() - other.wantedAt.getTime());
  }

  /** Undefined when it did not fail, or nobody wants it. */
  async failureOf(digest: string): Promise<PullFailure | undefined> {
    const row = await first<{ failure: PullFailure | null }>(this.sql, 'SELECT failure FROM pulls WHERE digest = $1', [
      digest,
    ]);
    return row?.failure ?? undefined;
  }

  async fail(digest: string, hospital: string, failure: PullFailure): Promise<void> {
    await this.sql.query(
      `WITH failed AS (UPDATE pulls SET failed_at = now(), failure = $3 WHERE digest = $1 AND hospital = $2 RETURNING digest)
       SELECT pg_notify('${CHANGED_PULLS}', digest) FROM failed`,
      [digest, hospital, failure],
    );
  }

  /** The pack is here. */
  async end(digest: string): Promise<void> {
    await this.sql.query(
      `WITH ended AS (DELETE FROM pulls WHERE digest = $1 RETURNING digest) SELECT pg_notify('${CHANGED_PULLS}', digest) FROM ended`,
      [digest],
    );
  }

  /** Some of it came: who waits for it at another process waits on. */
  async comes(digest: string): Promise<void> {
    await this.sql.query(`SELECT pg_notify('${CHANGED_PULLS}', $1)`, [digest]);
  }
}
