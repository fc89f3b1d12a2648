import type { WorkstationSettings } from '@yinglian/contracts';
import { first, type Sql } from '@yinglian/persistence';

/** A device of one hospital that may query and retrieve: how it proves who it is, and where it listens for C-MOVE. */
export interface Workstation extends WorkstationSettings {
  readonly aeTitle: string;
  readonly hospital: string;
}

/** The registry's copy of the workstations that the directory keeps. */
export class WorkstationStore {
  constructor(private readonly sql: Sql) {}

  find(aeTitle: string): Promise<Workstation | undefined> {
    return first<Workstation>(
      this.sql,
      `SELECT ae_title AS "aeTitle", hospital, name, certificates, plain, host, port, tls,
         maximum_associations AS "maximumAssociations"
       FROM workstations WHERE ae_title = $1`,
      [aeTitle],
    );
  }

  /** What is heard of an AE title last holds, whichever hospital had it before. */
  async put(workstation: Workstation): Promise<void> {
    await this.sql.query(
      `INSERT INTO workstations (ae_title, hospital, name, certificates, plain, host, port, tls, maximum_associations)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (ae_title) DO UPDATE
       SET hospital = excluded.hospital, name = excluded.name, certificates = excluded.certificates, plain = excluded.plain,
         host = excluded.host, port = excluded.port, tls = excluded.tls,
         maximum_associations = excluded.maximum_associations`,
      [
        workstation.aeTitle,
        workstation.hospital,
        workstation.name,
        workstation.certificates,
        workstation.plain,
        workstation.host,
        workstation.port,
        workstation.tls,
        workstation.maximumAssociations,
      ],
    );
  }

  async remove(aeTitle: string): Promise<void> {
    await this.sql.query('DELETE FROM workstations WHERE ae_title = $1', [aeTitle]);
  }
}
