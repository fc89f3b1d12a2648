import { createHash } from 'node:crypto';
import type { Sql } from '@yinglian/persistence';
import { hasWildcard } from '../domain/matching.js';
import type { StudyQuery } from '../find-studies/study-query.js';
import { studyConditions } from './study-conditions.js';
import { STUDY_COLUMNS, type StudyRow } from './study-row.js';

export interface StudyPage {
  readonly limit: number;
  readonly offset: number;
  /** Only persons of whom this hospital has made a study itself; null for everybody's. */
  readonly treatedBy: string | null;
}

/** Newest first, the UID where date and time are equal: one order for every list, so that pages do not overlap. */
export async function findStudies(sql: Sql, query: StudyQuery, page: StudyPage): Promise<StudyRow[]> {
  const { text, values } = studySearchSql(query, page);
  return sql.query<StudyRow>(text, values, isSelective(query, page) ? nameOf(text) : undefined);
}

/** By equality with something rare: whatever the values are, that index is the best one. */
const isSelective = ({ studyUids, personIds, patientId, accessionNumber }: StudyQuery, { treatedBy }: StudyPage) =>
  treatedBy === null &&
  (studyUids !== undefined ||
    personIds !== undefined ||
    [patientId, accessionNumber].some((key) => key !== undefined && !hasWildcard(key)));

const nameOf = (text: string) => `studies-${createHash('sha1').update(text).digest('hex')}`;

/** The statement by itself, so that its plan can be looked at. */
export function studySearchSql(query: StudyQuery, { limit, offset, treatedBy }: StudyPage) {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const conditions = [...studyConditions(query, value), ...(treatedBy === null ? [] : [treated(value(treatedBy))])];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return {
    text: `SELECT ${STUDY_COLUMNS} FROM studies ${where}
      ORDER BY study_date DESC, study_time DESC, study_uid LIMIT ${value(limit)} OFFSET ${value(offset)}`,
    values,
  };
}

const treated = (hospital: string) =>
  `(hospital = ${hospital} OR EXISTS
     (SELECT 1 FROM studies own WHERE own.person_id = studies.person_id AND own.hospital = ${hospital}))`;
