import type { TypedName } from '@yinglian/names';
import { plannedOnce, type Sql } from '@yinglian/persistence';

/** The index that a search goes along. */
export type Walk =
  | { readonly along: 'number'; readonly number: string }
  | { readonly along: 'local-id'; readonly localId: string }
  | { readonly along: 'names'; readonly name: TypedName }
  | { readonly along: 'names-on-date'; readonly nameIds: readonly number[]; readonly birthDate: number }
  /** With a name, others than those found by it are passed over. */
  | { readonly along: 'birth-date'; readonly birthDate: number; readonly name: TypedName | null };

/** Where a walk stands: what the rows of its index are ordered by. */
export type Place = readonly number[];

export interface WalkedRow {
  readonly patientNo: number;
  readonly place: Place;
}

export interface Walked {
  readonly rows: readonly WalkedRow[];
  /** Where to go on; null at the end. */
  readonly next: Place | null;
}

/** Where each walk begins. */
export const STARTS: Readonly<Record<Walk['along'], Place>> = {
  number: [0],
  'local-id': [0],
  names: [0, -1, 0],
  'names-on-date': [0, -1, 0],
  'birth-date': [-1, 0, 0],
};

// A frequent syllable is in a hundred thousand names; they are gone through by and by.
export const NAMES_AT_ONCE = 200;

/** The next rows after a place, at most `limit`. */
export async function walkOn(sql: Sql, walk: Walk, after: Place, limit: number): Promise<Walked> {
  if (walk.along === 'names') return walkNames(sql, walk.name, after, limit);
  return readRows(sql, walkSql(walk, after, limit), limit);
}

async function walkNames(sql: Sql, name: TypedName, after: Place, limit: number): Promise<Walked> {
  const nameIds = await findNames(sql, name, after[0] ?? 0);
  const walked = await readRows(sql, namesSql(nameIds, after, limit), limit);
  const last = nameIds.at(-1);
  if (walked.next !== null || last === undefined || nameIds.length < NAMES_AT_ONCE) return walked;
  return { rows: walked.rows, next: [last + 1, -1, 0] };
}

/** The first names by number, from `from` on, that are found by what was typed. */
export async function findNames(sql: Sql, name: TypedName, from: number): Promise<number[]> {
  const { text, values } = findNamesSql(name, from);
  return (await sql.query<{ name_id: number }>(text, values)).map((row) => row.name_id);
}

/** The statement by itself, so that its plan can be looked at. */
export function findNamesSql({ every, any }: TypedName, from: number) {
  return {
    text: `SELECT name_id FROM names WHERE ${matching('$1', '$2', { every, any })} AND name_id >= $3 ORDER BY name_id LIMIT $4`,
    values: [every, any, from, NAMES_AT_ONCE],
  };
}

/** Only what is asked for is asked of the index: with an empty list it would go through all of it. */
export const matching = (every: string, any: string, name: TypedName): string =>
  [
    name.every.length > 0 ? `keys @> ${every}::text[]` : `${every}::text[] IS NOT NULL`,
    name.any.length > 0 ? `keys && ${any}::text[]` : `${any}::text[] IS NOT NULL`,
  ].join(' AND ');

/** Which of the lists `matching` reads, for the name of a statement with it. */
export const shapeOf = ({ every, any }: TypedName): string =>
  `${every.length > 0 ? '-every' : ''}${any.length > 0 ? '-any' : ''}`;

export function walkSql(walk: Exclude<Walk, { along: 'names' }>, after: Place, limit: number) {
  switch (walk.along) {
    case 'number':
      return {
        text: `SELECT patient_no, ARRAY[patient_no] AS place FROM patient_numbers
          WHERE number = $1 AND patient_no > $2 ORDER BY patient_no LIMIT $3`,
        values: [walk.number, ...after, limit],
        name: 'walk-number',
      };
    case 'local-id':
      return {
        text: `SELECT patient_no, ARRAY[patient_no] AS place FROM patients
          WHERE local_id = $1 AND patient_no > $2 ORDER BY patient_no LIMIT $3`,
        values: [walk.localId, ...after, limit],
        name: 'walk-local-id',
      };
    case 'names-on-date':
      return {
        text: `SELECT patient_no, ARRAY[name_id, birth_date, patient_no] AS place FROM patient_names
          WHERE name_id = ANY (${plannedOnce('$1', 'int[]')}) AND birth_date = ${plannedOnce('$2', 'int')} AND (name_id, birth_date, patient_no) > ($3::int, $4::int, $5::bigint)
          ORDER BY name_id, birth_date, patient_no LIMIT $6`,
        values: [walk.nameIds, walk.birthDate, ...after, limit],
        name: 'walk-names-on-date',
      };
    case 'birth-date':
      return birthDateSql(walk.birthDate, walk.name, after, limit);
  }
}

// The limit is of what is read, not of what is found: a rare name on a frequent date must not read all of it.
const birthDateSql = (birthDate: number, name: TypedName | null, after: Place, limit: number) => ({
  text: `SELECT patient_no, ARRAY[surname, name_id, patient_no] AS place, ${name === null ? 'true' : found('born.name_id', '$6', '$7', name)} AS found
    FROM (
      SELECT surname, name_id, patient_no FROM patient_names
      WHERE birth_date = $1 AND (surname, name_id, patient_no) > ($2::int, $3::int, $4::bigint)
      ORDER BY surname, name_id, patient_no LIMIT $5
    ) AS born ORDER BY surname, name_id, patient_no`,
  values: [birthDate, ...after, limit, ...(name === null ? [] : [name.every, name.any])],
});

/** Whether a name is found by what was typed; asked name by name, since most of what is met is a few. */
export const found = (nameId: string, every: string, any: string, name: TypedName): string =>
  `coalesce((SELECT ${matching(every, any, name)} FROM names WHERE names.name_id = ${nameId}), false)`;

export const namesSql = (nameIds: readonly number[], after: Place, limit: number) => ({
  text: `SELECT patient_no, ARRAY[name_id, birth_date, patient_no] AS place FROM patient_names
    WHERE name_id = ANY ($1::int[]) AND (name_id, birth_date, patient_no) > ($2::int, $3::int, $4::bigint)
    ORDER BY name_id, birth_date, patient_no LIMIT $5`,
  values: [nameIds, ...after, limit],
});

async function readRows(
  sql: Sql,
  statement: { text: string; values: unknown[]; name?: string },
  limit: number,
): Promise<Walked> {
  const read = await sql.query<{ patient_no: string; place: string[]; found?: boolean }>(
    statement.text,
    statement.values,
    statement.name,
  );
  const rows = read.map((row) => ({ ...row, patientNo: Number(row.patient_no), place: row.place.map(Number) }));
  return {
    rows: rows.flatMap(({ patientNo, place, found: isFound = true }) => (isFound ? [{ patientNo, place }] : [])),
    next: rows.length < limit ? null : (rows.at(-1)?.place ?? null),
  };
}
