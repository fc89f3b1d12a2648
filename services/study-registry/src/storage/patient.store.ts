import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/** The registry's copy of which person a hospital's patient is. */
export class PatientStore {
  constructor(private readonly sql: Sql) {}

  /** Links a patient and stamps its studies, unless a later link is known. */
  async link({ hospital, issuer, id }: LocalPatientKey, personId: string, version: number): Promise<void> {
    const linked = await this.sql.query(
      `INSERT INTO patients (hospital, issuer, local_id, person_id, link_version) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (hospital, issuer, local_id) DO UPDATE
       SET person_id = excluded.person_id, link_version = excluded.link_version
       WHERE patients.link_version < excluded.link_version RETURNING 1 AS linked`,
      [hospital, issuer, id, personId, version],
    );
    if (linked.length === 0) return;
    await this.sql.query(
      `UPDATE studies SET person_id = $4
       WHERE (hospital, patient_issuer, patient_id) = ($1, $2, $3) AND person_id IS DISTINCT FROM $4`,
      [hospital, issuer, id, personId],
    );
  }
}
