import type { EncounterRecordedV1, EventData } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';

/** A visit lasts until it is told to be over, and so long at most: outpatients are seldom told to have left. */
export const VISIT_LASTS_DAYS = 90;

const LASTS = `status = 'active' AND recorded_at > now() - interval '${VISIT_LASTS_DAYS} days'`;

export interface ActiveEncounter {
  readonly encounterId: string;
  readonly patientIssuer: string;
  readonly patientId: string;
  readonly personId: string;
}

/** Visits, as HIS of the hospitals tell of them. */
export class EncounterStore {
  constructor(private readonly sql: Sql) {}

  /** What is known by a later message stays. */
  async record(encounter: EventData<typeof EncounterRecordedV1>): Promise<void> {
    const { hospital, encounterId, patient, status, encounterClass, startedAt, endedAt, recordedAt } = encounter;
    await this.sql.query(
      `INSERT INTO encounters (hospital, encounter_id, patient_issuer, patient_id, status, recorded_at, encounter_class, started_at,
         ended_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (hospital, encounter_id) DO UPDATE
       SET patient_issuer = excluded.patient_issuer, patient_id = excluded.patient_id, status = excluded.status,
         recorded_at = excluded.recorded_at, encounter_class = excluded.encounter_class,
         started_at = COALESCE(excluded.started_at, encounters.started_at), ended_at = COALESCE(excluded.ended_at, encounters.ended_at)
       WHERE encounters.recorded_at <= excluded.recorded_at`,
      [hospital, encounterId, patient.issuer, patient.id, status, recordedAt, encounterClass, startedAt, endedAt],
    );
  }

  /** Those for which priors were not looked for, and whose person is known; whoever asks at the same time gets others. */
  toLookAt(hospital: string, limit: number): Promise<ActiveEncounter[]> {
    return this.sql.query(
      `SELECT encounter_id AS "encounterId", e.patient_issuer AS "patientIssuer", e.patient_id AS "patientId",
         p.person_id AS "personId"
       FROM encounters e JOIN patients p ON (p.hospital, p.issuer, p.local_id) = (e.hospital, e.patient_issuer, e.patient_id)
       WHERE e.hospital = $1 AND ${LASTS} AND e.looked_at IS NULL AND p.person_id IS NOT NULL
       ORDER BY e.recorded_at LIMIT $2 FOR UPDATE OF e SKIP LOCKED`,
      [hospital, limit],
      'encounters-to-look-at',
    );
  }

  async lookedAt(hospital: string, encounterId: string): Promise<void> {
    await this.sql.query('UPDATE encounters SET looked_at = now() WHERE (hospital, encounter_id) = ($1, $2)', [
      hospital,
      encounterId,
    ]);
  }
}
