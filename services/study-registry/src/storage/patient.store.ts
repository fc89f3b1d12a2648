import type { LocalPatientKey } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { CHANGED_STUDIES } from './study.store.js';
import { TreatedStudyStore } from './treated-study.store.js';

export interface PatientLink {
  readonly patient: LocalPatientKey;
  readonly personId: string;
  readonly version: number;
}

/** The registry's copy of which person a hospital's patient is. */
export class PatientStore {
  constructor(private readonly sql: Sql) {}

  /** Links patients and stamps their studies, unless a later link is known. Two batches in any order never wait for each other. */
  async link(links: readonly PatientLink[]): Promise<void> {
    const moved: PatientLink[] = [];
    for (const link of [...links].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
      if (await this.remember(link)) moved.push(link);
    }
    const persons = new Set(moved.map(({ personId }) => personId));
    for (const { patient } of moved) for (const person of await this.personsOf(patient)) persons.add(person);
    const lists = new TreatedStudyStore(this.sql);
    await lists.lock([...persons]);
    for (const link of moved) await this.stamp(link);
    if (persons.size > 0) await lists.listAnew([...persons]);
  }

  private async remember({ patient: { hospital, issuer, id }, personId, version }: PatientLink): Promise<boolean> {
    const linked = await this.sql.query(
      `INSERT INTO patients (hospital, issuer, local_id, person_id, link_version) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (hospital, issuer, local_id) DO UPDATE
       SET person_id = excluded.person_id, link_version = excluded.link_version
       WHERE patients.link_version < excluded.link_version RETURNING 1 AS linked`,
      [hospital, issuer, id, personId, version],
    );
    return linked.length > 0;
  }

  private async personsOf({ hospital, issuer, id }: LocalPatientKey): Promise<string[]> {
    const rows = await this.sql.query<{ person_id: string }>(
      `SELECT DISTINCT person_id FROM studies
       WHERE (hospital, patient_issuer, patient_id) = ($1, $2, $3) AND person_id IS NOT NULL`,
      [hospital, issuer, id],
    );
    return rows.map(({ person_id: personId }) => personId);
  }

  private async stamp({ patient: { hospital, issuer, id }, personId }: PatientLink): Promise<void> {
    await this.sql.query(
      `WITH stamped AS (
         UPDATE studies SET person_id = $4
         WHERE (hospital, patient_issuer, patient_id) = ($1, $2, $3) AND person_id IS DISTINCT FROM $4 RETURNING study_uid
       ) SELECT pg_notify('${CHANGED_STUDIES}', study_uid) FROM stamped`,
      [hospital, issuer, id, personId],
    );
  }
}

const keyOf = ({ patient: { hospital, issuer, id } }: PatientLink) => [hospital, issuer, id].join('\0');
