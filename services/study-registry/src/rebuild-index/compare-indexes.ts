import type { Database, Sql } from '@yinglian/persistence';

/** Rows in memory of each side. */
const TOGETHER = 500;

interface ComparedTable {
  readonly table: string;
  readonly key: readonly string[];
  /** Columns that packs say nothing of. */
  readonly without: readonly string[];
  readonly further?: string;
  readonly where?: string;
}

/** What a rebuilt database has as the old one had it. Columns that are added later are compared too. */
export const COMPARED: readonly ComparedTable[] = [
  {
    table: 'studies',
    key: ['study_uid'],
    without: ['person_id', 'received_count', 'received_reason', 'state', 'version', 'arrived_at', 'updated_at'],
    where: 'EXISTS (SELECT 1 FROM packs p WHERE p.study_uid = t.study_uid)',
  },
  { table: 'series', key: ['study_uid', 'series_uid'], without: [] },
  {
    table: 'packs',
    key: ['study_uid', 'digest'],
    without: ['sequence', 'committed_at', 'study_version'],
    further: `jsonb_build_object('turn_in_study', rank() OVER (PARTITION BY study_uid ORDER BY sequence))`,
  },
  {
    table: 'quarantined_instances',
    key: ['digest', 'place'],
    without: ['case_id', 'quarantined_at', 'displaced_digest', 'displaced_place', 'displaced_sha256'],
  },
  { table: 'withdrawn_instances', key: ['study_uid', 'series_uid', 'sop_instance_uid'], without: [] },
  { table: 'study_decisions', key: ['study_uid', 'number'], without: [] },
  { table: 'storage_totals', key: ['hospital', 'modality', 'slot'], without: [] },
];

export interface Difference {
  readonly table: string;
  /** Names the row; UIDs and digests, no patient. */
  readonly key: string;
  /** `missing` here, `new` here, or the columns that differ; never what is in them. */
  readonly kind: 'missing' | 'new' | readonly string[];
}

interface Row {
  readonly key: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** Rows of packs that are not the same in both databases, in the order of their keys; each table is read once on each side. */
export async function* compareIndexes(old: Database, rebuilt: Database): AsyncGenerator<Difference> {
  for (const compared of COMPARED) yield* compareTable(compared, old, rebuilt);
}

async function* compareTable(compared: ComparedTable, old: Database, rebuilt: Database): AsyncGenerator<Difference> {
  const { table } = compared;
  const [before, after] = [rowsOf(old, compared), rowsOf(rebuilt, compared)];
  let [one, other] = await Promise.all([before.next(), after.next()]);
  try {
    for (;;) {
      const [a, b]: (Row | undefined)[] = [one.value ?? undefined, other.value ?? undefined];
      if (a === undefined && b === undefined) return;
      if (b === undefined || (a !== undefined && a.key < b.key)) {
        yield { table, key: a?.key ?? '', kind: 'missing' };
        one = await before.next();
      } else if (a === undefined || b.key < a.key) {
        yield { table, key: b.key, kind: 'new' };
        other = await after.next();
      } else {
        const columns = Object.keys({ ...a.row, ...b.row }).filter(
          (column) => JSON.stringify(a.row[column]) !== JSON.stringify(b.row[column]),
        );
        if (columns.length > 0) yield { table, key: a.key, kind: columns.sort() };
        [one, other] = await Promise.all([before.next(), after.next()]);
      }
    }
  } finally {
    await Promise.all([before.return(undefined), after.return(undefined)]);
  }
}

/** Sorted once by the server, in its own bounded memory, and fetched piece by piece. */
async function* rowsOf(database: Database, compared: ComparedTable): AsyncGenerator<Row, undefined> {
  const client = await database.pool.connect();
  const sql: Sql = {
    query: async <Found extends object>(text: string) => (await client.query<Found>(text)).rows,
  };
  try {
    await sql.query('BEGIN READ ONLY');
    await sql.query(`DECLARE compared NO SCROLL CURSOR FOR ${selectOf(compared)}`);
    for (;;) {
      const rows = await sql.query<Row>(`FETCH ${TOGETHER} FROM compared`);
      yield* rows;
      if (rows.length < TOGETHER) return undefined;
    }
  } finally {
    await sql.query('ROLLBACK').catch(() => {});
    client.release();
  }
}

function selectOf({ table, key, without, further, where }: ComparedTable): string {
  const columns = without.map((column) => `'${column}'`).join(', ');
  const row = `to_jsonb(t) - ARRAY[${columns}]::text[]${further === undefined ? '' : ` || ${further}`}`;
  return `SELECT concat_ws(' ', ${key.join(', ')}) COLLATE "C" AS key, ${row} AS row FROM ${table} t
    ${where === undefined ? '' : `WHERE ${where}`} ORDER BY 1`;
}
