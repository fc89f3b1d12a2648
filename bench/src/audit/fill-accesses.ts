import type { Sql } from '@yinglian/persistence';

/** So many at once, so that no statement outgrows the memory. */
const CHUNK = 500_000;

export const personOf = (n: number) => `P${String(n % 100_000).padStart(26, '0')}`;
export const eventOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const INSERT = `
  INSERT INTO accesses (position, event_id, access_id, at, count, subject, display_name, roles, actor_hospital, action, purpose_of_use,
    person_id, study_uid, owner_hospital, query, outcome, code, policies, policy_version, service, trace_id, further, facts)
  SELECT n, id, id, now() - interval '300 days' * (1 - n::float8 / $3::bigint), 1, 'account.' || n % 3000, '医生' || n % 3000,
    '{clinician}', 'H' || lpad((n % 29)::text, 3, '0'), CASE WHEN n % 10007 = 3 THEN 'study.withdraw' ELSE 'study.retrieve' END,
    CASE WHEN n % 503 = 11 THEN 'BTG' ELSE 'TREAT' END, 'P' || lpad((n % 100000)::text, 26, '0'),
    '1.2.' || n % 1000000, 'H' || lpad((n % 30)::text, 3, '0'), '{}', CASE WHEN n % 100 = 7 THEN 'deny' ELSE 'permit' END,
    'TREATING_HOSPITAL', '{clinician-opens-when-treating}', '1f1352cb5cab10fa', 'study-registry', '', false,
    jsonb_build_object('device', 'browser', 'daysSinceStudy', n % 365)
  FROM (SELECT n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid AS id FROM generate_series($1::bigint, $2::bigint) n) of_them`;

/** Makes the rows of an audit log that nobody has sealed yet. Indexes are built behind it: one by one they would take hours. */
export async function fillAccesses(sql: Sql, records: number): Promise<void> {
  const indexes = await sql.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = 'accesses'::regclass AND NOT indisunique`,
  );
  for (const { name } of indexes) await sql.query(`DROP INDEX ${name}`);
  for (let from = 0; from < records; from += CHUNK)
    await sql.query(INSERT, [from, Math.min(from + CHUNK, records) - 1, records]);
  for (const { definition } of indexes) await sql.query(definition);
  await sql.query(`INSERT INTO access_actors SELECT 'account.' || n, '医生' || n FROM generate_series(0, 2999) n`);
  await sql.query('VACUUM ANALYZE accesses');
}
