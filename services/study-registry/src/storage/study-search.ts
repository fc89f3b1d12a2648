import { createHash } from 'node:crypto';
import type { Sql } from '@yinglian/persistence';
import { hasWildcard } from '../domain/matching.js';
import type { StudyQuery } from '../find-studies/study-query.js';
import { type Parameter, studyConditions } from './study-conditions.js';
import { STUDY_COLUMNS, type StudyRow } from './study-row.js';

export interface StudyPage {
  readonly limit: number;
  readonly offset: number;
  /** Only persons of whom this hospital has made a study itself; null for everybody's. */
  readonly treatedBy: string | null;
}

/** Rows that are fetched for a page: a few sizes, so that each kind of search is one statement that is planned once. */
const FETCHED = [26, 101, 201, 501, 1_001] as const;

/** Newest first, the UID where date and time are equal: one order for every list, so that pages do not overlap. */
export async function findStudies(sql: Sql, query: StudyQuery, page: StudyPage): Promise<StudyRow[]> {
  const { text, values } = studySearchSql(query, page);
  const found = await sql.query<StudyRow>(text, values, isUsual(query, page) ? nameOf(text) : undefined);
  return found.slice(0, page.limit);
}

/** Searches whose best plan is the same whatever the values are: by what is rare, or down a hospital's list from its top. */
function isUsual(query: StudyQuery, { treatedBy, offset }: StudyPage): boolean {
  if (offset > 0) return false;
  if (treatedBy !== null) return Object.keys(query).every((key) => key === 'studyDate' || key === 'modalities');
  const { studyUids, personIds, patientId, accessionNumber } = query;
  const isEqual = (key: string | undefined) => key !== undefined && !hasWildcard(key);
  return studyUids !== undefined || personIds !== undefined || isEqual(patientId) || isEqual(accessionNumber);
}

const nameOf = (text: string) => `studies-${createHash('sha1').update(text).digest('hex')}`;

/** The statement by itself, so that its plan can be looked at. */
export function studySearchSql(query: StudyQuery, { limit, offset, treatedBy }: StudyPage) {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const listed = treatedBy === null ? null : listConditions(query, treatedBy, value);
  const conditions = [...(listed ?? []), ...studyConditions(query, value)];
  const order = listed === null ? 'study_date DESC, study_time DESC' : 'listed_date DESC, listed_time DESC';
  return {
    text: `SELECT ${STUDY_COLUMNS} FROM ${listed === null ? '' : 'treated_studies JOIN '}studies ${listed === null ? '' : 'USING (study_uid)'}
      ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
      ORDER BY ${order}, study_uid LIMIT ${FETCHED.find((rows) => rows >= limit) ?? limit}
      ${offset === 0 ? '' : `OFFSET ${value(offset)}`}`,
    values,
  };
}

/** What a hospital's list itself can tell, without a look at the studies. */
const listConditions = ({ studyDate, modalities }: StudyQuery, hospital: string, value: Parameter): string[] => [
  `treating_hospital = ${value(hospital)}`,
  ...(studyDate?.from == null ? [] : [`listed_date >= ${value(studyDate.from)}`]),
  ...(studyDate?.to == null ? [] : [`listed_date <= ${value(`${studyDate.to}~`)}`]),
  ...(modalities === undefined ? [] : [`listed_modalities && ${value(modalities)}::text[]`]),
];
