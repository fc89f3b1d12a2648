import { z } from 'zod';
import { type PerformedStep, STEP_STATUSES } from '../domain/performed-step.js';
import type { Ledger } from '../ledger/ledger.js';

const StepRow = z.object({
  step_uid: z.string(),
  status: z.enum(STEP_STATUSES),
  ae_title: z.string(),
  modality: z.string(),
  patient_id: z.string(),
  patient_issuer: z.string(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
  digest: z.string(),
});
const OrderRow = z.object({
  studyInstanceUid: z.string(),
  accessionNumber: z.string(),
  requestedProcedureId: z.string(),
  placerOrderNumber: z.string(),
  fillerOrderNumber: z.string(),
});
const InstanceRow = z.object({ sop_instance_uid: z.string() });
const StudyStepRow = z.object({ step_uid: z.string(), studies: z.number() });

const FIND = `SELECT step_uid, status, ae_title, modality, patient_id, patient_issuer, started_at, ended_at, digest
  FROM performed_steps WHERE step_uid = ?`;
const ORDERS = `SELECT study_uid AS studyInstanceUid, accession_number AS accessionNumber,
    requested_procedure_id AS requestedProcedureId, placer_order_number AS placerOrderNumber,
    filler_order_number AS fillerOrderNumber
  FROM performed_step_orders WHERE step_uid = ? ORDER BY position`;
const OF_STUDY = `SELECT DISTINCT mine.step_uid,
    (SELECT count(DISTINCT study_uid) FROM performed_step_orders every WHERE every.step_uid = mine.step_uid) AS studies
  FROM performed_step_orders mine WHERE mine.study_uid = ?`;
const PUT = `INSERT INTO performed_steps
  (step_uid, status, ae_title, modality, patient_id, patient_issuer, started_at, ended_at, changed_at, digest)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (step_uid) DO UPDATE SET status = excluded.status, modality = excluded.modality,
    ended_at = excluded.ended_at, changed_at = excluded.changed_at, digest = excluded.digest`;
const PUT_ORDER = `INSERT INTO performed_step_orders
  (step_uid, position, study_uid, accession_number, requested_procedure_id, placer_order_number, filler_order_number)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;

export interface KeptStep {
  readonly step: PerformedStep;
  /** Of the message that was kept last. */
  readonly digest: string;
}

/** Performed procedure steps of the hospital's devices. */
export class PerformedStepStore {
  constructor(private readonly ledger: Ledger) {}

  find(stepUid: string): KeptStep | undefined {
    const [row] = this.ledger.query(StepRow, FIND, stepUid);
    if (row === undefined) return undefined;
    const step: PerformedStep = {
      stepUid,
      status: row.status,
      aeTitle: row.ae_title,
      modality: row.modality,
      patientId: row.patient_id,
      patientIssuer: row.patient_issuer,
      orders: this.ledger.query(OrderRow, ORDERS, stepUid),
      instances: this.instances(stepUid),
      startedAt: row.started_at,
      endedAt: row.ended_at,
    };
    return { step, digest: row.digest };
  }

  /** To be called inside a transaction. Orders of a step do not change. */
  put(step: PerformedStep, digest: string, changedAt: string): void {
    const { stepUid, status, aeTitle, modality, patientId, patientIssuer, startedAt, endedAt } = step;
    this.ledger
      .prepare(PUT)
      .run(stepUid, status, aeTitle, modality, patientId, patientIssuer, startedAt, endedAt, changedAt, digest);
    const order = this.ledger.prepare(PUT_ORDER);
    step.orders.forEach((each, position) => {
      const { studyInstanceUid, accessionNumber, requestedProcedureId } = each;
      const { placerOrderNumber, fillerOrderNumber } = each;
      const numbers = [accessionNumber, requestedProcedureId, placerOrderNumber, fillerOrderNumber];
      order.run(stepUid, position, studyInstanceUid, ...numbers);
    });
    this.ledger.prepare('DELETE FROM performed_instances WHERE step_uid = ?').run(stepUid);
    const instance = this.ledger.prepare('INSERT INTO performed_instances VALUES (?, ?)');
    for (const uid of step.instances) instance.run(stepUid, uid);
  }

  /** What the steps of a study say; one that performs several studies lists theirs together, so its list is left out. */
  ofStudy(studyUid: string): { isEnded: boolean; instances: string[] }[] {
    return this.ledger.query(StudyStepRow, OF_STUDY, studyUid).flatMap(({ step_uid: stepUid, studies }) => {
      const [row] = this.ledger.query(StepRow, FIND, stepUid);
      if (row === undefined) return [];
      return { isEnded: row.status !== 'IN PROGRESS', instances: studies === 1 ? this.instances(stepUid) : [] };
    });
  }

  private instances(stepUid: string): string[] {
    return this.ledger
      .query(
        InstanceRow,
        'SELECT sop_instance_uid FROM performed_instances WHERE step_uid = ? ORDER BY sop_instance_uid',
        stepUid,
      )
      .map(({ sop_instance_uid: uid }) => uid);
  }
}
