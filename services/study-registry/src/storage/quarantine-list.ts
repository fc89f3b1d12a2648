import type { Sql } from '@yinglian/persistence';
import type { QuarantineReason } from '../domain/sort-instances.js';
import { CASE_COLUMNS, type CaseDecision, type QuarantineCase } from './quarantine-case.js';

export interface CasePage {
  readonly state: 'open' | 'decided';
  readonly hospital: string | null;
  readonly reason: QuarantineReason | null;
  readonly limit: number;
  /** The case id before the page's first one; null for the first page. */
  readonly after: string | null;
}

/** A case with what names its study, and the decision that holds. */
export interface ListedCase extends QuarantineCase {
  readonly owner: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string;
  readonly studyDescription: string;
  readonly modalities: readonly string[];
  readonly made: (Pick<CaseDecision, 'decision' | 'decidedByName' | 'note'> & { readonly decidedAt: string }) | null;
}

/** Open cases oldest first, decided ones newest first. */
export function listCases(sql: Sql, page: CasePage): Promise<ListedCase[]> {
  const { text, values } = listCasesSql(page);
  return sql.query<ListedCase>(text, values);
}

/** The statement by itself, so that its plan can be looked at. */
export function listCasesSql({ state, hospital, reason, limit, after }: CasePage) {
  const isOpen = state === 'open';
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [
    isOpen ? "state = 'open'" : "state <> 'open'",
    ...(after === null ? [] : [`case_id ${isOpen ? '>' : '<'} ${value(after)}`]),
    ...(hospital === null ? [] : [`hospital = ${value(hospital)}`]),
    ...(reason === null ? [] : [`reason = ${value(reason)}`]),
  ];
  const order = isOpen ? 'ASC' : 'DESC';
  return {
    text: `WITH page AS (
        SELECT ${CASE_COLUMNS} FROM quarantine_cases WHERE ${conditions.join(' AND ')}
        ORDER BY case_id ${order} LIMIT ${value(limit)})
      SELECT page.*, s.hospital AS owner, s.patient_name AS "patientName", s.patient_id AS "patientId",
        s.study_date AS "studyDate", s.description AS "studyDescription", s.modalities, made.made
      FROM page JOIN studies s ON s.study_uid = page."studyUid" LEFT JOIN LATERAL (
        SELECT json_build_object('decision', decision, 'decidedByName', decided_by_name, 'decidedAt', decided_at,
          'note', note) AS made
        FROM quarantine_decisions d WHERE d.case_id = page."caseId" AND page.state <> 'open'
        ORDER BY decision_id DESC LIMIT 1) made ON true
      ORDER BY page."caseId" ${order}`,
    values,
  };
}

/** How many cases of each hospital wait for a steward. */
export const openCasesByHospital = (sql: Sql) =>
  sql.query<{ hospital: string; cases: number }>(
    `SELECT hospital, count(*)::int AS cases FROM quarantine_cases WHERE state = 'open' GROUP BY hospital ORDER BY hospital`,
  );
