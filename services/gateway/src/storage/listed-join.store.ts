import { z } from 'zod';
import type { Ledger } from '../ledger/ledger.js';

const Text = z.string().nullable();
const Flag = z.number().transform((value) => value !== 0);

const Study = z.object({
  studyInstanceUid: z.string(),
  kind: z.enum(['ambiguous', 'suggested', 'joined', 'alone']),
  accessionNumber: z.string(),
  modality: z.string(),
  studyDate: z.string(),
  studyTime: z.string(),
  description: z.string(),
  firstAt: z.string(),
  received: z.number(),
  decidedAt: Text,
  decidedBy: Text,
  decidedExamId: z.number().nullable(),
});
const Candidate = z.object({
  examId: z.number(),
  accessionNumber: Text,
  placerOrderNumber: Text,
  fillerOrderNumber: Text,
  itemName: z.string(),
  modality: Text,
  bodyPart: Text,
  department: Text,
  orderedAt: Text,
  performedAt: Text,
  isCancelled: Flag,
  imageCount: z.number().nullable(),
  /** Studies that it has, without this one. */
  studies: z.number(),
  /** Whether order and images name the same patient; who that is, the hospital's systems say. */
  isSamePatient: Flag,
});

/** A study that may belong to several exams, what a person has decided of it, and the exams. Of patients it says nothing. */
export type ListedJoin = z.output<typeof Study> & { readonly candidates: readonly z.output<typeof Candidate>[] };

export const JOIN_LISTS = ['undecided', 'decided'] as const;
export type JoinList = (typeof JOIN_LISTS)[number];

const STUDY = `s.study_uid AS studyInstanceUid, s.join_kind AS kind, s.accession_number AS accessionNumber, s.modality,
  s.study_date AS studyDate, s.study_time AS studyTime, s.description, s.first_at AS firstAt, s.received,
  d.decided_at AS decidedAt, d.decided_by AS decidedBy, d.exam_id AS decidedExamId`;
/** One that was decided a moment ago is not joined yet. */
const UNDECIDED = `FROM studies s LEFT JOIN join_decisions d USING (study_uid)
  WHERE s.join_kind IN ('ambiguous', 'suggested') AND d.study_uid IS NULL`;
const LISTS: Readonly<Record<JoinList, string>> = {
  undecided: `SELECT ${STUDY} ${UNDECIDED} ORDER BY s.first_at DESC LIMIT ?`,
  decided: `SELECT ${STUDY} FROM join_decisions d CROSS JOIN studies s USING (study_uid) ORDER BY d.decided_at DESC LIMIT ?`,
};
const COUNTS: Readonly<Record<JoinList, string>> = {
  undecided: `SELECT count(*) AS count FROM (SELECT 1 ${UNDECIDED} LIMIT ?)`,
  decided: 'SELECT count(*) AS count FROM (SELECT 1 FROM join_decisions LIMIT ?)',
};
const CANDIDATES = `SELECT e.exam_id AS examId, e.accession_number AS accessionNumber, e.placer_order_number AS placerOrderNumber,
    e.filler_order_number AS fillerOrderNumber, e.item_name AS itemName, e.modality, e.body_part AS bodyPart, e.department,
    e.ordered_at AS orderedAt, e.performed_at AS performedAt, e.cancelled_at IS NOT NULL AS isCancelled, e.image_count AS imageCount,
    (SELECT count(*) FROM studies o WHERE o.exam_id = e.exam_id AND o.study_uid <> s.study_uid) AS studies,
    s.patient_id = e.patient_id AND s.patient_issuer IN ('', e.patient_issuer) AS isSamePatient
  FROM studies s CROSS JOIN exams e
  WHERE s.study_uid = ? AND e.exam_id IN (SELECT value FROM json_each(s.candidates) UNION SELECT s.exam_id) ORDER BY e.exam_id LIMIT ?`;

const Count = z.object({ count: z.number() });

/** Orders of one visit may share a number; of more nobody could choose. */
const MOST_CANDIDATES = 20;

/** Studies that may belong to several exams, for the page. */
export class ListedJoinStore {
  constructor(private readonly ledger: Ledger) {}

  /** The newest, by arrival or by decision. */
  list(which: JoinList, limit: number): ListedJoin[] {
    return this.ledger.query(Study, LISTS[which], limit).map((study) => ({
      ...study,
      candidates: this.ledger.query(Candidate, CANDIDATES, study.studyInstanceUid, MOST_CANDIDATES),
    }));
  }

  /** How many there are, as far as that. */
  count(which: JoinList, atMost: number): number {
    return this.ledger.query(Count, COUNTS[which], atMost)[0]?.count ?? 0;
  }

  /** How SQLite goes about all of it. */
  plans(): string[] {
    const step = z.object({ detail: z.string() });
    const steps = [...Object.values(LISTS), ...Object.values(COUNTS)].map((sql) =>
      this.ledger.query(step, `EXPLAIN QUERY PLAN ${sql}`, 1),
    );
    steps.push(this.ledger.query(step, `EXPLAIN QUERY PLAN ${CANDIDATES}`, '1.2', 1));
    return steps.map((plan) => plan.map(({ detail }) => detail).join('; '));
  }
}
