import { first, type Sql } from '@yinglian/persistence';
import { MatchModel } from '../domain/evidence/match-model.js';
import type { MatchSettings } from '../domain/match-settings.js';

/** Settings with who set them, and why. */
export interface SetSettings extends MatchSettings {
  readonly setBy: string;
  readonly setByName: string;
  readonly setAt: Date;
  readonly note: string;
}

interface Row {
  version: number;
  least_bits: number;
  probable: number;
  possible: number;
  model: unknown;
  set_by: string;
  set_by_name: string;
  set_at: Date;
  note: string;
}

/** What holds now, if it is newer than the version that is known already. */
export async function settingsNewerThan(sql: Sql, version: number): Promise<SetSettings | undefined> {
  const row = await first<Row>(
    sql,
    'SELECT * FROM match_settings WHERE version > $1 ORDER BY version DESC LIMIT 1',
    [version],
    'settings-newer-than',
  );
  return row === undefined ? undefined : settingsOf(row);
}

export async function settingsOfVersion(sql: Sql, version: number): Promise<SetSettings | undefined> {
  const row = await first<Row>(sql, 'SELECT * FROM match_settings WHERE version = $1', [version]);
  return row === undefined ? undefined : settingsOf(row);
}

/** The last ones first. */
export async function settingsSoFar(sql: Sql, limit: number): Promise<SetSettings[]> {
  const rows = await sql.query<Row>('SELECT * FROM match_settings ORDER BY version DESC LIMIT $1', [limit]);
  return rows.map(settingsOf);
}

/** Adds a version after the one that it was made from. Answers false when another came between. */
export async function addSettings(tx: Sql, { grades, ...set }: SetSettings): Promise<boolean> {
  const added = await tx.query(
    `INSERT INTO match_settings (version, least_bits, probable, possible, model, set_by, set_by_name, set_at, note)
     SELECT $1::int, $2, $3, $4, $5, $6, $7, $8, $9 WHERE $1 = (SELECT coalesce(max(version), 0) + 1 FROM match_settings)
     ON CONFLICT (version) DO NOTHING RETURNING version`,
    [
      set.version,
      set.leastBits,
      grades.probable,
      grades.possible,
      set.model === null ? null : JSON.stringify(set.model),
      set.setBy,
      set.setByName,
      set.setAt,
      set.note,
    ],
  );
  return added.length > 0;
}

const settingsOf = (row: Row): SetSettings => ({
  version: row.version,
  leastBits: row.least_bits,
  grades: { probable: row.probable, possible: row.possible },
  model: row.model === null ? null : MatchModel.parse(row.model),
  setBy: row.set_by,
  setByName: row.set_by_name,
  setAt: row.set_at,
  note: row.note,
});
