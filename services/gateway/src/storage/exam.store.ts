import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { examOf } from '../domain/exam-of.js';
import { Ledger } from '../ledger/ledger.js';
import type { ExamFact, OrderFact, PatientKey, ReportFact } from '../map-messages/facts.js';

const Text = z.string().nullable();
const Row = z.object({
  exam_id: z.number(),
  accession_number: Text,
  placer_order_number: Text,
  filler_order_number: Text,
});

const Exam = z.object({
  exam_id: z.number(),
  accession_number: Text,
  placer_order_number: Text,
  filler_order_number: Text,
  study_instance_uid: Text,
  encounter_id: Text,
  item_code: Text,
  item_name: z.string(),
  provincial_item_code: Text,
  modality: Text,
  body_part: Text,
  priority: z.enum(['urgent', 'routine']),
  department: Text,
  ordered_at: Text,
  performed_at: Text,
});
export type ExamRow = z.output<typeof Exam>;

const FIND = `SELECT exam_id, accession_number, placer_order_number, filler_order_number FROM exams
  WHERE accession_number = ?1 OR placer_order_number = ?2 OR filler_order_number = ?3 ORDER BY exam_id`;

const INSERT = `INSERT INTO exams
  (accession_number, placer_order_number, filler_order_number, patient_issuer, patient_id, item_name, priority, changed_at)
  VALUES (?, ?, ?, ?, ?, '', 'routine', ?) RETURNING exam_id`;

/** What a message does not say stays as it was; the first performance and the last report count. */
const UPDATE = `UPDATE exams SET
    accession_number = coalesce(?2, accession_number), placer_order_number = coalesce(?3, placer_order_number),
    filler_order_number = coalesce(?4, filler_order_number), patient_issuer = ?5, patient_id = ?6,
    encounter_id = coalesce(?7, encounter_id), study_instance_uid = coalesce(?8, study_instance_uid),
    item_code = coalesce(?9, item_code), item_name = coalesce(nullif(?10, ''), item_name),
    provincial_item_code = coalesce(?11, provincial_item_code), modality = coalesce(?12, modality),
    body_part = coalesce(?13, body_part), department = coalesce(?14, department),
    ordered_at = coalesce(?15, ordered_at), performed_at = coalesce(performed_at, ?16),
    image_count = coalesce(?17, image_count), changed_at = ?18
  WHERE exam_id = ?1`;

/** Ordered examinations as the messages of HIS and RIS say together. */
@Injectable()
export class ExamStore {
  constructor(private readonly ledger: Ledger) {}

  /** Keeps an order, or what became of it. What is known of the exam now. */
  order(patient: PatientKey, order: OrderFact, at: string): ExamRow {
    const examId = this.record(patient, order, at);
    const isCancelled = order.status === 'cancelled';
    this.ledger
      .prepare(
        `UPDATE exams SET priority = ?, cancelled_at = CASE WHEN ? THEN coalesce(cancelled_at, ?) END WHERE exam_id = ?`,
      )
      .run(order.priority, Number(isCancelled), at, examId);
    return this.read(examId);
  }

  report(patient: PatientKey, report: ReportFact, at: string): ExamRow {
    const examId = this.record(patient, report, at);
    const isReported = report.status === 'final' || report.status === 'corrected';
    this.ledger
      .prepare(
        'UPDATE exams SET report_status = ?, reported_at = CASE WHEN ? THEN ? ELSE reported_at END WHERE exam_id = ?',
      )
      .run(report.status, Number(isReported), report.reportedAt, examId);
    return this.read(examId);
  }

  private record({ issuer, id }: PatientKey, fact: ExamFact, at: string): number {
    const { accessionNumber, placerOrderNumber, fillerOrderNumber } = fact.numbers;
    const numbers = [accessionNumber, placerOrderNumber, fillerOrderNumber];
    const known = this.ledger.query(Row, FIND, ...numbers).map((row) => ({
      examId: row.exam_id,
      accessionNumber: row.accession_number,
      placerOrderNumber: row.placer_order_number,
      fillerOrderNumber: row.filler_order_number,
    }));
    const examId = examOf(fact.numbers, known)?.examId ?? this.add(numbers, { issuer, id }, at);
    const { item } = fact;
    this.ledger
      .prepare(UPDATE)
      .run(
        ...[examId, ...numbers, issuer, id, fact.encounterId, fact.studyInstanceUid],
        ...[item.localCode, item.localName, item.provincialCode, fact.modality, fact.bodyPart, fact.department],
        ...[fact.orderedAt, fact.performedAt, fact.imageCount, at],
      );
    return examId;
  }

  private add(numbers: readonly (string | null)[], { issuer, id }: PatientKey, at: string): number {
    const [row] = this.ledger.query(z.object({ exam_id: z.number() }), INSERT, ...numbers, issuer, id, at);
    if (row === undefined) throw new Error('The exam was written and is there');
    return row.exam_id;
  }

  private read(examId: number): ExamRow {
    const [row] = this.ledger.query(
      Exam,
      `SELECT ${Object.keys(Exam.shape).join(', ')} FROM exams WHERE exam_id = ?`,
      examId,
    );
    if (row === undefined) throw new Error('The exam was written and is there');
    return row;
  }
}
