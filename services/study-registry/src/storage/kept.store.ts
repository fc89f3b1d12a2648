import { first, type Sql } from '@yinglian/persistence';
import type { KeptKind } from '../domain/kept-object.js';
import { digestsOf } from '../domain/scrub-parts.js';
import type { ScrubPart } from './scrub-part.store.js';

/** What is kept under a digest. */
export interface Kept {
  readonly digest: string;
  readonly kind: KeptKind;
  /** Of a pack or document; of an outline nothing is known, since it is named after its pack: 0. */
  readonly sizeBytes: number;
}

const NOT_RETIRED = 'NOT EXISTS (SELECT 1 FROM retired_packs WHERE retired_packs.digest = packs.digest)';
const OF_PACK = `digest, CASE WHEN at_hospital THEN 'outline' ELSE 'pack' END AS kind,
  CASE WHEN at_hospital THEN 0 ELSE size_bytes::float8 END AS "sizeBytes"`;
const OF_DOCUMENT = `digest, 'document' AS kind, size_bytes::float8 AS "sizeBytes"`;

/** Packs, outlines of packs and documents, by the digests that name them. */
export class KeptStore {
  constructor(private readonly sql: Sql) {}

  /** Undefined when nothing is, or a pack is retired. */
  find(digest: string): Promise<Kept | undefined> {
    return first<Kept>(
      this.sql,
      `(SELECT ${OF_PACK} FROM packs WHERE digest = $1 AND ${NOT_RETIRED})
       UNION ALL (SELECT ${OF_DOCUMENT} FROM documents WHERE digest = $1) LIMIT 1`,
      [digest],
      'kept-find',
    );
  }

  /** Those of a part behind the last that was read, in the order of their digests. */
  in({ part, readThrough }: ScrubPart, limit: number): Promise<Kept[]> {
    const [from, before] = digestsOf(part);
    const within = `digest >= $1 AND digest < $2 AND digest > $3`;
    return this.sql.query<Kept>(
      `SELECT * FROM (
         (SELECT ${OF_PACK} FROM packs WHERE ${within} AND ${NOT_RETIRED} ORDER BY digest LIMIT $4)
         UNION ALL (SELECT DISTINCT ON (digest) ${OF_DOCUMENT} FROM documents WHERE ${within} ORDER BY digest LIMIT $4)
       ) kept ORDER BY digest LIMIT $4`,
      [from, before, readThrough, limit],
    );
  }
}
