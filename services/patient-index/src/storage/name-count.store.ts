import { Injectable } from '@nestjs/common';
import { first, plannedOnce, type Sql } from '@yinglian/persistence';
import { LRUCache } from 'lru-cache';
import { soundOfLetters } from '../domain/finding/sounds.js';

const MOST_KNOWN = 100_000;
const KNOWN_FOR_MS = 3_600_000;

/**
 * Counts how many patients have each name, in one pass over all; unless another process is at it, or it was done since `due`.
 * Answers whether it was.
 */
export async function countNames(tx: Sql, now: Date, due: Date): Promise<boolean> {
  const free = await first(
    tx,
    `SELECT 1 WHERE pg_try_advisory_xact_lock(hashtextextended('count-names', 0))
     AND NOT EXISTS (SELECT FROM names_counted WHERE counted_at >= $1)`,
    [due],
  );
  if (free === undefined) return false;
  // A name whose count has hardly changed is left as it is: a frequency needs no more, and most rows need not be written.
  await tx.query(
    `INSERT INTO name_holders AS old (name_id, holders)
     SELECT name_id, count(*) FROM patient_names WHERE name_id <> 0 GROUP BY name_id HAVING count(*) > 1
     ON CONFLICT (name_id) DO UPDATE SET holders = excluded.holders WHERE abs(excluded.holders - old.holders) * 10 > old.holders`,
  );
  await tx.query(
    `INSERT INTO names_counted (han, holders, counted_at)
     SELECT han, sum(coalesce(holders, 1)), $1 FROM names LEFT JOIN name_holders USING (name_id) GROUP BY han
     ON CONFLICT (han) DO UPDATE SET holders = excluded.holders, counted_at = excluded.counted_at`,
    [now],
  );
  return true;
}

/** Of those who have such a name, the share who have this one; undefined while it was not counted. */
export type NameFrequency = (field: string, term: string) => number | undefined;

interface Counted {
  readonly frequency: number | undefined;
  readonly until: number;
}

/** How frequent names are, as terms of the evidence: `hanName` by its characters, `spelledName` by its sound in letters. */
@Injectable()
export class NameCountStore {
  private readonly known = new LRUCache<string, Counted>({ max: MOST_KNOWN });

  /** Frequencies of the terms that are about to be weighed, read at once. */
  async frequenciesOf(sql: Sql, terms: readonly { field: string; term: string }[], now: Date): Promise<NameFrequency> {
    const frequencies = new Map<string, number | undefined>();
    const asked = new Map<string, { field: string; term: string }>();
    for (const one of terms) {
      const key = keyOf(one.field, one.term);
      const counted = this.known.get(key);
      if (counted !== undefined && counted.until > now.getTime()) frequencies.set(key, counted.frequency);
      else if (one.field === 'hanName' || one.field === 'spelledName') asked.set(key, one);
    }
    for (const [key, frequency] of await this.read(sql, asked)) {
      frequencies.set(key, frequency);
      this.known.set(key, { frequency, until: now.getTime() + KNOWN_FOR_MS });
    }
    return (field, term) => frequencies.get(keyOf(field, term));
  }

  private async read(sql: Sql, asked: ReadonlyMap<string, { field: string; term: string }>) {
    if (asked.size === 0) return [];
    const terms = [...asked.values()];
    const rows = await sql.query<{ frequency: number | null }>(
      `SELECT counted / CASE WHEN asked.spelling IS NULL THEN total.spelled ELSE total.in_han END AS frequency
       FROM unnest(${plannedOnce('$1', 'text[]')}, ${plannedOnce('$2', 'int[]')}) WITH ORDINALITY AS asked (spelling, sound, at) CROSS JOIN LATERAL (
         SELECT sum(coalesce(holders, 1))::float8 AS counted FROM names LEFT JOIN name_holders USING (name_id)
         WHERE names.spelling = asked.spelling OR names.sound = asked.sound
       ) one CROSS JOIN (
         SELECT sum(holders)::float8 AS spelled, sum(holders) FILTER (WHERE han)::float8 AS in_han FROM names_counted
       ) total ORDER BY at`,
      [
        terms.map(({ field, term }) => (field === 'hanName' ? term : null)),
        terms.map(({ field, term }) => (field === 'hanName' ? null : soundOfLetters(term))),
      ],
      'frequencies-of-names',
    );
    return [...asked.keys()].map((key, at) => [key, rows[at]?.frequency ?? undefined] as const);
  }
}

const keyOf = (field: string, term: string) => `${field} ${term}`;
