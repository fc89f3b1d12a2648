import { type Database, first } from '@yinglian/persistence';

export interface PlannedPack {
  readonly digest: string;
  readonly sizeBytes: number;
  /** Its turn, where a commit is beside it. */
  readonly sequence: number | null;
  /** When its first instance was received; what orders packs without a commit. */
  readonly receivedAt: string | null;
  /** Why it cannot be registered. */
  readonly damage: string | null;
}

export interface PlanProgress {
  readonly packs: number;
  readonly bytes: number;
  readonly done: number;
  readonly doneBytes: number;
  readonly damaged: number;
  /** That are ordered by when they were received, since nothing says more. */
  readonly withoutCommit: number;
}

/** Packs of the store and their order, kept until all are registered: what is broken off goes on from here. */
export class RebuildPlanStore {
  constructor(private readonly database: Database) {}

  async begin(): Promise<void> {
    await this.database.query(
      `CREATE TABLE IF NOT EXISTS rebuild_plan (digest text PRIMARY KEY, size_bytes bigint NOT NULL, sequence bigint,
         received_at timestamptz, damage text, is_done boolean NOT NULL DEFAULT false)`,
    );
    await this.database.query(
      `CREATE INDEX IF NOT EXISTS rebuild_plan_to_do ON rebuild_plan ((sequence IS NOT NULL), sequence, received_at, digest)
       WHERE NOT is_done AND damage IS NULL`,
    );
  }

  async exists(): Promise<boolean> {
    return (await this.database.query(`SELECT 1 WHERE to_regclass('rebuild_plan') IS NOT NULL`)).length > 0;
  }

  async end(): Promise<void> {
    await this.database.query('DROP TABLE rebuild_plan');
  }

  async add(packs: readonly PlannedPack[]): Promise<void> {
    await this.database.query(
      `INSERT INTO rebuild_plan (digest, size_bytes, sequence, received_at, damage)
       SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::text[]) ON CONFLICT DO NOTHING`,
      [
        packs.map(({ digest }) => digest),
        packs.map(({ sizeBytes }) => sizeBytes),
        packs.map(({ sequence }) => sequence),
        packs.map(({ receivedAt }) => receivedAt),
        packs.map(({ damage }) => damage),
      ],
    );
  }

  /** The last one in the order in which the store lists them. */
  async last(): Promise<string | undefined> {
    const row = await first<{ digest: string }>(
      this.database,
      'SELECT digest FROM rebuild_plan ORDER BY digest COLLATE "C" DESC LIMIT 1',
    );
    return row?.digest;
  }

  /** Packs that come from now on have their turn behind all that are planned, in a second rebuilding too. */
  async raiseSequence(): Promise<void> {
    await this.database.query(
      `SELECT setval('packs_sequence', GREATEST((SELECT max(sequence) FROM rebuild_plan), (SELECT last_value FROM packs_sequence)))
       FROM rebuild_plan LIMIT 1`,
    );
  }

  /** The next ones in their order. */
  next(limit: number): Promise<{ digest: string; sizeBytes: number }[]> {
    return this.database.query(
      `SELECT digest, size_bytes::float8 AS "sizeBytes" FROM rebuild_plan WHERE NOT is_done AND damage IS NULL
       ORDER BY (sequence IS NOT NULL), sequence, received_at, digest LIMIT $1`,
      [limit],
    );
  }

  async done(digest: string): Promise<void> {
    await this.database.query('UPDATE rebuild_plan SET is_done = true WHERE digest = $1', [digest]);
  }

  async damaged(digest: string, damage: string): Promise<void> {
    await this.database.query('UPDATE rebuild_plan SET damage = $2 WHERE digest = $1', [digest, damage]);
  }

  damages(limit: number): Promise<{ digest: string; damage: string }[]> {
    return this.database.query(
      'SELECT digest, damage FROM rebuild_plan WHERE damage IS NOT NULL ORDER BY digest LIMIT $1',
      [limit],
    );
  }

  async progress(): Promise<PlanProgress> {
    const row = await first<PlanProgress>(
      this.database,
      `SELECT count(*)::int AS packs, COALESCE(sum(size_bytes), 0)::float8 AS bytes, count(*) FILTER (WHERE is_done)::int AS done,
         COALESCE(sum(size_bytes) FILTER (WHERE is_done), 0)::float8 AS "doneBytes", count(damage)::int AS damaged,
         count(*) FILTER (WHERE sequence IS NULL AND damage IS NULL)::int AS "withoutCommit" FROM rebuild_plan`,
    );
    if (row === undefined) throw new Error('A count has one row');
    return row;
  }
}
