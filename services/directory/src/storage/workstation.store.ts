import { first, type Sql } from '@yinglian/persistence';
import type { Workstation } from '../domain/workstation.js';

interface Row {
  ae_title: string;
  hospital: string;
  name: string | null;
  certificates: string[];
  plain: boolean;
  host: string | null;
  port: number | null;
  tls: boolean;
  maximum_associations: number;
  version: number;
  changed_at: Date;
}

/** Those of a hospital by AE title; they are some dozens. */
export async function listWorkstations(sql: Sql, hospital: string): Promise<Workstation[]> {
  const rows = await sql.query<Row>(
    'SELECT * FROM workstations WHERE hospital = $1 AND NOT removed ORDER BY ae_title',
    [hospital],
    'workstations-of-hospital',
  );
  return rows.map(workstationOf);
}

/** Whether the AE title was ever given to a workstation, also to one that is removed. */
export async function workstationWasKnown(sql: Sql, aeTitle: string): Promise<boolean> {
  return (await first(sql, 'SELECT 1 FROM workstations WHERE ae_title = $1', [aeTitle])) !== undefined;
}

/** The hospital's workstation, held until the transaction ends. */
export async function workstationToChange(
  tx: Sql,
  hospital: string,
  aeTitle: string,
): Promise<Workstation | undefined> {
  const row = await first<Row>(
    tx,
    'SELECT * FROM workstations WHERE (ae_title, hospital) = ($1, $2) AND NOT removed FOR UPDATE',
    [aeTitle, hospital],
  );
  return row && workstationOf(row);
}

/** As it was added: of an AE title that was removed once, its versions go on. Undefined while another one has the title. */
export async function insertWorkstation(
  tx: Sql,
  workstation: Omit<Workstation, 'version'>,
): Promise<Workstation | undefined> {
  const row = await first<Row>(
    tx,
    `INSERT INTO workstations
       (ae_title, hospital, name, certificates, plain, host, port, tls, maximum_associations, changed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (ae_title) DO UPDATE
     SET hospital = excluded.hospital, name = excluded.name, certificates = excluded.certificates, plain = excluded.plain,
       host = excluded.host, port = excluded.port, tls = excluded.tls,
       maximum_associations = excluded.maximum_associations, changed_at = excluded.changed_at,
       version = workstations.version + 1, removed = false
     WHERE workstations.removed
     RETURNING *`,
    valuesOf(workstation),
  );
  return row && workstationOf(row);
}

export async function updateWorkstation(tx: Sql, workstation: Workstation): Promise<void> {
  await tx.query(
    `UPDATE workstations
     SET name = $3, certificates = $4, plain = $5, host = $6, port = $7, tls = $8, maximum_associations = $9,
       changed_at = $10, version = $11
     WHERE (ae_title, hospital) = ($1, $2)`,
    [...valuesOf(workstation), workstation.version],
  );
}

/** Its version and time are those of the removal. */
export async function markRemoved(tx: Sql, { aeTitle, version, changedAt }: Workstation): Promise<void> {
  await tx.query('UPDATE workstations SET removed = true, version = $2, changed_at = $3 WHERE ae_title = $1', [
    aeTitle,
    version,
    changedAt,
  ]);
}

const valuesOf = (workstation: Omit<Workstation, 'version'>) => [
  workstation.aeTitle,
  workstation.hospital,
  workstation.name,
  workstation.certificates,
  workstation.plain,
  workstation.host,
  workstation.port,
  workstation.tls,
  workstation.maximumAssociations,
  workstation.changedAt,
];

const workstationOf = (row: Row): Workstation => ({
  aeTitle: row.ae_title,
  hospital: row.hospital,
  name: row.name,
  certificates: row.certificates,
  plain: row.plain,
  host: row.host,
  port: row.port,
  tls: row.tls,
  maximumAssociations: row.maximum_associations,
  version: row.version,
  changedAt: row.changed_at,
});
