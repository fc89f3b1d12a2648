import type { EventData, OrderPlacedV1 } from '@yinglian/contracts';
import type { Sql } from '@yinglian/persistence';
import { regionsOfFirst } from '../domain/body-regions.js';
import type { OrderedExam } from '../domain/choose-priors.js';

/** What hospitals have ordered for their patients, as their HIS and RIS tell. */
export class OrderedExamStore {
  constructor(private readonly sql: Sql) {}

  /** What is known by a later message stays. The patient's visits that last are looked at again. */
  async record(order: EventData<typeof OrderPlacedV1>): Promise<void> {
    const { hospital, patient, item, modality, bodyPart, status, recordedAt } = order;
    const orderNumber = order.placerOrderNumber ?? order.fillerOrderNumber ?? order.accessionNumber;
    const regions = regionsOfFirst([bodyPart ?? '', item.localName]);
    const changed = await this.sql.query(
      `INSERT INTO ordered_exams AS known
         (hospital, order_number, patient_issuer, patient_id, modality, regions, is_cancelled, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (hospital, order_number) DO UPDATE
       SET patient_issuer = excluded.patient_issuer, patient_id = excluded.patient_id, modality = excluded.modality,
         regions = excluded.regions, is_cancelled = excluded.is_cancelled, recorded_at = excluded.recorded_at
       WHERE known.recorded_at <= excluded.recorded_at
       RETURNING order_number`,
      [
        hospital,
        orderNumber ?? '',
        patient.issuer,
        patient.id,
        modality ?? '',
        regions,
        status === 'cancelled',
        recordedAt,
      ],
    );
    if (changed.length === 0 || status === 'cancelled') return;
    await this.sql.query(
      `UPDATE encounters SET looked_at = NULL
       WHERE (hospital, patient_issuer, patient_id) = ($1, $2, $3) AND status = 'active' AND looked_at IS NOT NULL`,
      [hospital, patient.issuer, patient.id],
    );
  }

  /** Those of a patient that were not cancelled, of the last 90 days: a visit lasts no longer. The latest first. */
  of(hospital: string, patientIssuer: string, patientId: string): Promise<OrderedExam[]> {
    return this.sql.query(
      `SELECT modality, regions FROM ordered_exams
       WHERE (hospital, patient_issuer, patient_id) = ($1, $2, $3) AND NOT is_cancelled
         AND recorded_at > now() - interval '90 days'
       ORDER BY recorded_at DESC, order_number`,
      [hospital, patientIssuer, patientId],
      'ordered-exams-of-patient',
    );
  }
}
