import { createHash } from 'node:crypto';
import type { Sql } from '@yinglian/persistence';
import { hasWildcard, likePattern, type TextRange } from '../domain/matching.js';
import type { StudyQuery } from '../find-studies/study-query.js';
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
  const conditions = [
    ...(query.studyUids === undefined ? [] : [`study_uid = ANY (${value(query.studyUids)})`]),
    ...persons(query.personIds, value),
    ...text('patient_id', query.patientId, value),
    ...text('accession_number', query.accessionNumber, value),
    ...range('study_date', query.studyDate, value),
    ...range('study_time', query.studyTime, value),
    ...range('patient_birth_date', query.birthDate, value),
    ...(query.modalities === undefined ? [] : [`modalities && ${value(query.modalities)}::text[]`]),
    ...name(query.patientName, value),
    ...text('patient_sex', query.patientSex, value),
    ...text('referring_physician', query.referringPhysician, value),
    ...text('study_id', query.studyId, value),
    ...text('description', query.description, value),
    ...text('institution', query.institution, value),
    ...(treatedBy === null ? [] : [treated(value(treatedBy))]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return {
    text: `SELECT ${STUDY_COLUMNS} FROM studies ${where}
      ORDER BY study_date DESC, study_time DESC, study_uid LIMIT ${value(limit)} OFFSET ${value(offset)}`,
    values,
  };
}

type Value = (given: unknown) => string;

/** One person's studies are read in the order of their index; those of persons who are one, few, are sorted. */
function persons(personIds: readonly string[] | undefined, value: Value): string[] {
  if (personIds === undefined) return [];
  return [personIds.length === 1 ? `person_id = ${value(personIds[0])}` : `person_id = ANY (${value(personIds)})`];
}

/** A key of an attribute that a study does not have matches nothing but the universal key, which is not asked. */
function text(column: string, key: string | undefined, value: Value): string[] {
  if (key === undefined) return [];
  return hasWildcard(key)
    ? [`${column} <> '' AND ${column} LIKE ${value(likePattern(key))}`]
    : [`${column} <> '' AND ${column} = ${value(key)}`];
}

/** Any of the name's component groups, in small or capital letters (PS3.4 section C.2.2.2.1). */
function name(key: string | undefined, value: Value): string[] {
  if (key === undefined) return [];
  const parameter = value(hasWildcard(key) ? likePattern(key.toLowerCase()) : key.toLowerCase());
  const operator = hasWildcard(key) ? 'LIKE' : '=';
  const groups = ['name_alphabetic', 'name_ideographic', 'name_phonetic'];
  return [`(${groups.map((column) => `(${column} <> '' AND ${column} ${operator} ${parameter})`).join(' OR ')})`];
}

/** A time may be shorter than the key or longer: `1200` as an end includes 12:00:59. */
function range(column: string, key: TextRange | undefined, value: Value): string[] {
  if (key === undefined) return [];
  return [
    `${column} <> ''`,
    ...(key.from === null ? [] : [`${column} >= ${value(key.from)}`]),
    ...(key.to === null ? [] : [`${column} <= ${value(`${key.to}~`)}`]),
  ];
}

const treated = (hospital: string) =>
  `(hospital = ${hospital} OR EXISTS
     (SELECT 1 FROM studies own WHERE own.person_id = studies.person_id AND own.hospital = ${hospital}))`;
