import { type PolicyText, versionOf } from '@yinglian/access';
import { first, type Sql } from '@yinglian/persistence';

/** Keeps the text under its version, once; gives the version. */
export async function keepPolicySet(sql: Sql, text: PolicyText): Promise<string> {
  const version = versionOf(text);
  await sql.query('INSERT INTO policy_sets (version, schema, files) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    version,
    text.schema,
    JSON.stringify(text.files),
  ]);
  return version;
}

export const policySet = (sql: Sql, version: string): Promise<PolicyText | undefined> =>
  first(sql, 'SELECT schema, files FROM policy_sets WHERE version = $1', [version]);
