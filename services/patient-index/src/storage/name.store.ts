import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { LRUCache } from 'lru-cache';
import { findableBy, type Spelling } from '../domain/finding/spellings.js';

const MOST_KNOWN = 100_000;

/** Spellings by number. Those that were met before are known to the process, up to a bound. */
@Injectable()
export class NameStore {
  private readonly known = new LRUCache<string, number>({ max: MOST_KNOWN });
  /** What a transaction added may be rolled back: it is nobody else's before that. */
  private readonly addedBy = new WeakMap<Sql, Set<string>>();

  /** The number of each spelling; new ones are added. */
  async namesOf(tx: Sql, spellings: readonly Spelling[]): Promise<ReadonlyMap<string, number>> {
    const names = new Map<string, number>();
    const asked = new Map<string, Spelling>();
    for (const spelling of spellings) {
      const nameId = this.known.get(spelling.text);
      if (nameId === undefined) asked.set(spelling.text, spelling);
      else names.set(spelling.text, nameId);
    }
    if (asked.size === 0) return names;
    const added = this.addedBy.get(tx) ?? new Set();
    this.addedBy.set(tx, added);
    const find = async () => {
      for (const { spelling, name_id: nameId } of await namesBySpelling(tx, [...asked.keys()])) {
        names.set(spelling, nameId);
        asked.delete(spelling);
        if (!added.has(spelling)) this.known.set(spelling, nameId);
      }
    };
    await find();
    for (const spelling of await addNames(tx, [...asked.values()])) added.add(spelling);
    // Those that another transaction has added meanwhile are found now too.
    if (asked.size > 0) await find();
    return names;
  }
}

const namesBySpelling = (sql: Sql, spellings: readonly string[]) =>
  sql.query<{ spelling: string; name_id: number }>(
    'SELECT spelling, name_id FROM names WHERE spelling = ANY ($1)',
    [spellings],
    'names-by-spelling',
  );

/** In one order by all, so that nobody waits in a circle. Answers those that were not there. */
async function addNames(tx: Sql, spellings: readonly Spelling[]): Promise<string[]> {
  if (spellings.length === 0) return [];
  const rows = spellings.map((spelling) => {
    return { spelling: spelling.text, han: spelling.script === 'han', ...findableBy(spelling) };
  });
  const aliases = rows.flatMap(({ sound, otherSounds }) => otherSounds.map((heard) => [heard, sound] as const));
  if (aliases.length > 0) await addAliases(tx, aliases);
  const added = await tx.query<{ spelling: string }>(
    `INSERT INTO names (spelling, han, sound, keys)
     SELECT spelling, han, sound, ARRAY(SELECT jsonb_array_elements_text(keys))
     FROM jsonb_to_recordset($1) AS added (spelling text, han boolean, sound int, keys jsonb) ORDER BY spelling COLLATE "C"
     ON CONFLICT (spelling) DO NOTHING RETURNING spelling`,
    [JSON.stringify(rows)],
    'add-names',
  );
  return added.map(({ spelling }) => spelling);
}

const addAliases = (tx: Sql, aliases: readonly (readonly [heard: number, stored: number])[]) =>
  tx.query(
    `INSERT INTO sound_aliases SELECT DISTINCT heard, stored FROM unnest($1::int[], $2::int[]) AS added (heard, stored)
     ORDER BY heard, stored ON CONFLICT DO NOTHING`,
    [aliases.map(([heard]) => heard), aliases.map(([, stored]) => stored)],
    'add-sound-aliases',
  );
