import { z } from 'zod';
import type { JoinDecision } from '../domain/join-decision.js';
import type { Join, JoinableExam, StudyNumbers } from '../domain/join-images.js';
import type { Ledger } from '../ledger/ledger.js';

const Text = z.string().nullable();
const ExamRow = z.object({
  exam_id: z.number(),
  accession_number: Text,
  placer_order_number: Text,
  filler_order_number: Text,
  study_instance_uid: Text,
  patient_id: z.string(),
  patient_issuer: z.string(),
  modality: Text,
  at: Text,
  cancelled_at: Text,
});
const CANDIDATES = `SELECT exam_id, accession_number, placer_order_number, filler_order_number, study_instance_uid, patient_id,
    patient_issuer, modality, coalesce(performed_at, ordered_at) AS at, cancelled_at
  FROM exams WHERE exam_id IN (
    SELECT exam_id FROM exams WHERE accession_number = ?1 AND ?1 <> ''
    UNION SELECT exam_id FROM exams WHERE study_instance_uid = ?2
    UNION SELECT exam_id FROM exams WHERE placer_order_number IN (SELECT value FROM json_each(?3))
    UNION SELECT exam_id FROM exams WHERE filler_order_number IN (SELECT value FROM json_each(?3))
    UNION SELECT exam_id FROM exams WHERE patient_id = ?4 AND ?4 <> '')
  ORDER BY exam_id`;

const Decided = z.object({ decided: z.number(), decided_exam_id: z.number().nullable() });
const StudyRow = Decided.extend({
  accession_number: z.string(),
  order_numbers: z.string(),
  patient_id: z.string(),
  patient_issuer: z.string(),
  modality: z.string(),
  study_date: z.string(),
  exam_id: z.number().nullable(),
});
const Numbers = z.array(z.string());
const StepOrderRow = Decided.extend({
  position: z.number(),
  study_uid: z.string(),
  accession_number: z.string(),
  requested_procedure_id: z.string(),
  placer_order_number: z.string(),
  filler_order_number: z.string(),
  patient_id: z.string(),
  patient_issuer: z.string(),
  modality: z.string(),
  started_at: z.string(),
  exam_id: z.number().nullable(),
});
const STEP_ORDERS = `SELECT o.position, o.study_uid, o.accession_number, o.requested_procedure_id, o.placer_order_number,
    o.filler_order_number, s.patient_id, s.patient_issuer, s.modality, s.started_at, o.exam_id,
    d.study_uid IS NOT NULL AS decided, d.exam_id AS decided_exam_id
  FROM performed_step_orders o JOIN performed_steps s USING (step_uid) LEFT JOIN join_decisions d ON d.study_uid = o.study_uid`;
const Uid = z.object({ uid: z.string() });

const orderNumbersOf = (row: z.output<typeof StepOrderRow>) =>
  [row.requested_procedure_id, row.placer_order_number, row.filler_order_number].filter((number) => number !== '');

const decisionOf = (row: z.output<typeof Decided>): JoinDecision | undefined =>
  row.decided === 0 ? undefined : { examId: row.decided_exam_id };

export interface Joinable {
  readonly numbers: StudyNumbers;
  /** To which exam it is joined now. */
  readonly examId: number | null;
  /** Of the study, if a person has decided. */
  readonly decision: JoinDecision | undefined;
}

/** What is to be joined, and to what. All of it to be called inside a transaction. */
export class JoiningStore {
  constructor(
    private readonly ledger: Ledger,
    private readonly dayOf: (instant: Date) => string,
  ) {}

  takeStudies(limit: number): string[] {
    return this.take(
      'DELETE FROM studies_to_join WHERE study_uid IN (SELECT study_uid FROM studies_to_join LIMIT ?) RETURNING study_uid AS uid',
      limit,
    );
  }

  takeSteps(limit: number): string[] {
    return this.take(
      'DELETE FROM steps_to_join WHERE step_uid IN (SELECT step_uid FROM steps_to_join LIMIT ?) RETURNING step_uid AS uid',
      limit,
    );
  }

  /** With what the performed steps of the study say beside its images. */
  study(studyInstanceUid: string): Joinable | undefined {
    const [row] = this.ledger.query(
      StudyRow,
      `SELECT accession_number, order_numbers, patient_id, patient_issuer, modality, study_date, s.exam_id,
         d.study_uid IS NOT NULL AS decided, d.exam_id AS decided_exam_id
       FROM studies s LEFT JOIN join_decisions d USING (study_uid) WHERE s.study_uid = ?`,
      studyInstanceUid,
    );
    if (row === undefined) return undefined;
    const performed = this.ledger.query(StepOrderRow, `${STEP_ORDERS} WHERE o.study_uid = ?`, studyInstanceUid);
    const accessionNumber =
      row.accession_number || (performed.find((one) => one.accession_number !== '')?.accession_number ?? '');
    const orderNumbers = [...Numbers.parse(JSON.parse(row.order_numbers)), ...performed.flatMap(orderNumbersOf)];
    const { patient_id: patientId, patient_issuer: patientIssuer, modality, study_date: studyDate } = row;
    const numbers = { studyInstanceUid, accessionNumber, orderNumbers, patientId, patientIssuer, modality, studyDate };
    return { numbers, examId: row.exam_id, decision: decisionOf(row) };
  }

  stepOrders(stepUid: string): (Joinable & { position: number })[] {
    return this.ledger.query(StepOrderRow, `${STEP_ORDERS} WHERE o.step_uid = ?`, stepUid).map((row) => ({
      position: row.position,
      examId: row.exam_id,
      decision: decisionOf(row),
      numbers: {
        studyInstanceUid: row.study_uid,
        accessionNumber: row.accession_number,
        orderNumbers: orderNumbersOf(row),
        patientId: row.patient_id,
        patientIssuer: row.patient_issuer,
        modality: row.modality,
        studyDate: this.dicomDay(row.started_at),
      },
    }));
  }

  candidates({ accessionNumber, studyInstanceUid, orderNumbers, patientId }: StudyNumbers): JoinableExam[] {
    return this.ledger
      .query(ExamRow, CANDIDATES, accessionNumber, studyInstanceUid, JSON.stringify(orderNumbers), patientId)
      .map((row) => ({
        examId: row.exam_id,
        accessionNumber: row.accession_number,
        placerOrderNumber: row.placer_order_number,
        fillerOrderNumber: row.filler_order_number,
        studyInstanceUid: row.study_instance_uid,
        patientId: row.patient_id,
        patientIssuer: row.patient_issuer,
        modality: row.modality,
        day: row.at === null ? null : this.dicomDay(row.at),
        isCancelled: row.cancelled_at !== null,
      }));
  }

  joinStudy(studyUid: string, join: Join, candidates: readonly number[]): void {
    const rule = 'rule' in join ? join.rule : null;
    this.ledger
      .prepare('UPDATE studies SET exam_id = ?, join_kind = ?, join_rule = ?, candidates = ? WHERE study_uid = ?')
      .run(examOf(join), join.kind, rule, JSON.stringify(candidates), studyUid);
  }

  joinStepOrder(stepUid: string, position: number, join: Join): void {
    this.ledger
      .prepare('UPDATE performed_step_orders SET exam_id = ? WHERE step_uid = ? AND position = ?')
      .run(examOf(join), stepUid, position);
  }

  private take(sql: string, limit: number): string[] {
    return this.ledger.query(Uid, sql, limit).map(({ uid }) => uid);
  }

  private dicomDay(instant: string): string {
    return this.dayOf(new Date(instant)).replaceAll('-', '');
  }
}

export const examOf = (join: Join) => (join.kind === 'joined' ? join.examId : null);
