import type { Sql } from '@yinglian/persistence';

/** What linking by numbers does without. Written row by row it costs more than all the rest; in one go, minutes. */
const INDEXES = [
  'names_keys',
  'names_sound',
  'patient_names_by_name',
  'patient_names_by_sound',
  'patient_names_by_birth_date',
  'patients_by_local_id',
];
/** What the load itself keeps true. */
const REFERENCES_OF = ['persons', 'patients', 'observations'];
/** Sorts most of an index of ten million in memory. */
const SORT_MEMORY = '512MB';

const isEmpty = async (sql: Sql): Promise<boolean> => (await sql.query('SELECT 1 FROM patients LIMIT 1')).length === 0;

/** Until it ends, persons are not found by their names but by reading through all. */
export const isFirstFilling = async (sql: Sql): Promise<boolean> =>
  (await sql.query('SELECT 1 FROM put_back_later LIMIT 1', [], 'is-first-filling')).length > 0;

/** Takes away what an empty index does without. Answers whether it was empty. */
export async function beginFirstFilling(tx: Sql): Promise<boolean> {
  await tx.query('LOCK TABLE patients IN ACCESS EXCLUSIVE MODE');
  if (!(await isEmpty(tx))) return false;
  const removed = await tx.query<{ removal: string }>(
    `INSERT INTO put_back_later (place, name, definition)
     SELECT row_number() OVER (ORDER BY is_reference, name), name, definition FROM (
       SELECT false AS is_reference, indexname AS name, indexdef AS definition
       FROM pg_indexes WHERE schemaname = current_schema() AND indexname = ANY ($1)
       UNION ALL
       SELECT true, conname, format('ALTER TABLE %I ADD CONSTRAINT %I %s', relname, conname, pg_get_constraintdef(c.oid))
       FROM pg_constraint c JOIN pg_class t ON t.oid = conrelid
       WHERE contype = 'f' AND relnamespace = current_schema()::regnamespace AND relname = ANY ($2)
     ) AS removed
     RETURNING CASE WHEN definition LIKE 'ALTER TABLE %' THEN regexp_replace(definition, ' ADD CONSTRAINT (\\S+) .*', ' DROP CONSTRAINT \\1')
                    ELSE format('DROP INDEX %I', name) END AS removal`,
    [INDEXES, REFERENCES_OF],
  );
  for (const { removal } of removed) await tx.query(removal);
  return true;
}

/** The next one that is to be made again, or undefined when all are. */
export async function putNextBack(tx: Sql): Promise<string | undefined> {
  const [next] = await tx.query<{ name: string; definition: string }>(
    'DELETE FROM put_back_later WHERE place = (SELECT min(place) FROM put_back_later) RETURNING name, definition',
  );
  if (next === undefined) return undefined;
  await tx.query(`SET LOCAL maintenance_work_mem = '${SORT_MEMORY}'`);
  await tx.query(next.definition);
  return next.name;
}
