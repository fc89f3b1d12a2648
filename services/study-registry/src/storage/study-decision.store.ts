import { first, type Sql } from '@yinglian/persistence';
import type { DecisionKind, StudyDecision } from '../domain/study-decision.js';

/** A decision in the list of all, with what names its study. */
export interface ListedDecision extends StudyDecision {
  readonly number: number;
  readonly studyInstanceUid: string;
  readonly hospital: string;
  /** No later decision has undone it. */
  readonly stands: boolean;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly modalities: readonly string[];
  /** Registered by now: more than `instances` when something has come since. */
  readonly registered: number;
}

/** A decision, its number among those about its study, and whose study it was. */
export interface NumberedDecision {
  readonly number: number;
  readonly hospital: string;
  readonly made: StudyDecision;
}

export interface DecisionPage {
  readonly hospital: string | null;
  readonly decision: DecisionKind | null;
  readonly limit: number;
  /** The last one of the page before; null for the first page. */
  readonly after: { readonly decidedAt: string; readonly studyInstanceUid: string; readonly number: number } | null;
}

const COLUMNS = `d.decision, d.series_uid AS "seriesInstanceUid", d.sop_instance_uid AS "sopInstanceUid",
  NULLIF(d.reason, '') AS reason, d.note, d.decided_by AS "decidedBy", d.decided_by_name AS "decidedByName",
  d.decided_at AS "decidedAt", d.instances, d.received`;

/** Every decision about studies, oldest first within each. */
export class StudyDecisionStore {
  constructor(private readonly sql: Sql) {}

  /** Under the study's lock. Returns its number among those about the study, whose objects are compared with its rows from now on. */
  async add(studyUid: string, hospital: string, made: StudyDecision): Promise<number> {
    const row = await first<{ number: number }>(
      this.sql,
      `WITH due AS (
         INSERT INTO decision_checks (study_uid) VALUES ($1) ON CONFLICT (study_uid) DO UPDATE SET due_at = excluded.due_at
       )
       INSERT INTO study_decisions (study_uid, number, hospital, decision, series_uid, sop_instance_uid, reason, note, decided_by,
         decided_by_name, decided_at, instances, received)
       SELECT $1, COALESCE(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
       FROM study_decisions WHERE study_uid = $1 RETURNING number`,
      [
        studyUid,
        hospital,
        made.decision,
        made.seriesInstanceUid,
        made.sopInstanceUid,
        made.reason ?? '',
        made.note,
        made.decidedBy,
        made.decidedByName,
        made.decidedAt,
        made.instances,
        made.received,
      ],
    );
    if (row === undefined) throw new Error('A decision that was just added has no number');
    return row.number;
  }

  of(studyUid: string): Promise<(StudyDecision & { readonly number: number })[]> {
    return this.sql.query(`SELECT d.number, ${COLUMNS} FROM study_decisions d WHERE study_uid = $1 ORDER BY number`, [
      studyUid,
    ]);
  }

  async numbered(studyUid: string): Promise<NumberedDecision[]> {
    const rows = await this.sql.query<StudyDecision & { number: number; hospital: string }>(
      `SELECT d.number, d.hospital, ${COLUMNS} FROM study_decisions d WHERE study_uid = $1 ORDER BY number`,
      [studyUid],
    );
    return rows.map(({ number, hospital, ...made }) => ({ number, hospital, made }));
  }

  /** The withdrawal of a whole study that stands, or stood last. */
  lastWithdrawal(studyUid: string): Promise<StudyDecision | undefined> {
    return first(
      this.sql,
      `SELECT ${COLUMNS} FROM study_decisions d
       WHERE study_uid = $1 AND decision = 'withdraw' AND series_uid IS NULL ORDER BY number DESC LIMIT 1`,
      [studyUid],
    );
  }

  /** Newest first, of one hospital's studies or of all. */
  list(page: DecisionPage): Promise<ListedDecision[]> {
    const { text, values } = listDecisionsSql(page);
    return this.sql.query<ListedDecision>(text, values);
  }
}

const UNDONE_BY = `CASE d.decision WHEN 'withdraw' THEN 'restore' WHEN 'hold' THEN 'release' WHEN 'restore' THEN 'withdraw' ELSE 'hold' END`;

/** The statement by itself, so that its plan can be looked at. */
export function listDecisionsSql({ hospital, decision, limit, after }: DecisionPage) {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [
    ...(hospital === null ? [] : [`hospital = ${value(hospital)}`]),
    ...(decision === null ? [] : [`decision = ${value(decision)}`]),
    ...(after === null ? [] : behind(after, value)),
  ];
  const order = 'decided_at DESC, study_uid, number';
  return {
    text: `WITH page AS (
        SELECT * FROM study_decisions ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
        ORDER BY ${order} LIMIT ${value(limit)})
      SELECT ${COLUMNS}, d.number, d.study_uid AS "studyInstanceUid", d.hospital, s.patient_name AS "patientName",
        s.patient_id AS "patientId", s.study_date AS "studyDate", s.modalities, s.instance_count AS registered,
        NOT EXISTS (SELECT 1 FROM study_decisions later WHERE later.study_uid = d.study_uid AND later.number > d.number
          AND later.decision = ${UNDONE_BY} AND later.series_uid IS NOT DISTINCT FROM d.series_uid
          AND later.sop_instance_uid IS NOT DISTINCT FROM d.sop_instance_uid) AS stands
      FROM page d JOIN studies s USING (study_uid) ORDER BY d.decided_at DESC, d.study_uid, d.number`,
    values,
  };
}

function behind(
  { decidedAt, studyInstanceUid, number }: NonNullable<DecisionPage['after']>,
  value: (v: unknown) => string,
) {
  const [at, uid, nth] = [value(decidedAt), value(studyInstanceUid), value(number)];
  return [`decided_at <= ${at} AND (decided_at < ${at} OR (study_uid, number) > (${uid}, ${nth}))`];
}
