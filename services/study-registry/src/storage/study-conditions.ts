import { hasWildcard, likePattern, type TextRange } from '../domain/matching.js';
import type { StudyQuery } from '../find-studies/study-query.js';

/** Puts a value among a statement's parameters, and names it. */
export type Parameter = (given: unknown) => string;

/** What a study's row must fulfil to be found, as SQL conditions. */
export const studyConditions = (query: StudyQuery, value: Parameter): string[] => [
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
];

/** One person's studies are read in the order of their index; those of persons who are one, few, are sorted. */
function persons(personIds: readonly string[] | undefined, value: Parameter): string[] {
  if (personIds === undefined) return [];
  return [personIds.length === 1 ? `person_id = ${value(personIds[0])}` : `person_id = ANY (${value(personIds)})`];
}

/** A key of an attribute that a study does not have matches nothing but the universal key, which is not asked. */
function text(column: string, key: string | undefined, value: Parameter): string[] {
  if (key === undefined) return [];
  return hasWildcard(key)
    ? [`${column} <> '' AND ${column} LIKE ${value(likePattern(key))}`]
    : [`${column} <> '' AND ${column} = ${value(key)}`];
}

/** Any of the name's component groups, in small or capital letters (PS3.4 section C.2.2.2.1). */
function name(key: string | undefined, value: Parameter): string[] {
  if (key === undefined) return [];
  const parameter = value(hasWildcard(key) ? likePattern(key.toLowerCase()) : key.toLowerCase());
  const operator = hasWildcard(key) ? 'LIKE' : '=';
  const groups = ['name_alphabetic', 'name_ideographic', 'name_phonetic'];
  return [`(${groups.map((column) => `(${column} <> '' AND ${column} ${operator} ${parameter})`).join(' OR ')})`];
}

/** A time may be shorter than the key or longer: `1200` as an end includes 12:00:59. */
export function range(column: string, key: TextRange | undefined, value: Parameter): string[] {
  if (key === undefined) return [];
  return [
    `${column} <> ''`,
    ...(key.from === null ? [] : [`${column} >= ${value(key.from)}`]),
    ...(key.to === null ? [] : [`${column} <= ${value(`${key.to}~`)}`]),
  ];
}
