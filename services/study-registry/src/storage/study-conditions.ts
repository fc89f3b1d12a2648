import { hasWildcard, likePattern, type TextRange, wholeTime } from '../domain/matching.js';
import type { StudyPlace } from '../find-studies/study-place.js';
import type { StudyQuery } from '../find-studies/study-query.js';

/** Puts a value among a statement's parameters, and names it. */
export type Parameter = (given: unknown) => string;

/** What a study's row must fulfil to be found, as SQL conditions. */
export const studyConditions = (query: StudyQuery, value: Parameter): string[] => [
  ...(query.studyUids === undefined ? [] : [`study_uid = ANY (${value(query.studyUids)})`]),
  ...(query.seriesUids === undefined
    ? []
    : [`study_uid IN (SELECT study_uid FROM shown_series WHERE series_uid = ANY (${value(query.seriesUids)}))`]),
  ...persons(query.personIds, value),
  ...text('patient_id', query.patientId, value),
  ...text('patient_id', query.otherPatientId, value),
  ...text('accession_number', query.accessionNumber, value),
  ...range('study_date', query.studyDate, value),
  ...time('study_time', query.studyTime, value),
  ...range('patient_birth_date', query.birthDate, value),
  ...modalities(query, value),
  ...name(query.patientName, value),
  ...(query.nameWords === undefined
    ? []
    : [`study_uid IN (SELECT study_uid FROM study_names WHERE name_words @@ ${value(query.nameWords)}::tsquery)`]),
  ...codes('patient_sex', query.patientSex, value),
  ...person('referring_physician', query.referringPhysician, value),
  ...text('study_id', query.studyId, value),
  ...text('description', query.description, value),
  ...text('institution', query.institution, value),
  ...(query.empty ?? []).map((tag) => EMPTY[tag] ?? 'false'),
  ...after(query.after, value),
];

/** That a study has no value of an attribute (PS3.4 section C.2.2.2.7). */
const EMPTY: Readonly<Record<string, string>> = {
  '00080020': "study_date = ''",
  '00080030': "study_time = ''",
  '00080050': "accession_number = ''",
  '00080061': "modalities = '{}'",
  '00080080': "institution = ''",
  '00080090': "referring_physician = ''",
  '00081030': "description = ''",
  '00100010': "patient_name = ''",
  '00100020': 'person_id IS NULL',
  '00100030': "patient_birth_date = ''",
  '00100040': "patient_sex = ''",
  '00101002.00100020': "patient_id = ''",
  '00200010': "study_id = ''",
};

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

function codes(column: string, keys: readonly string[] | undefined, value: Parameter): string[] {
  const [key, ...others] = keys ?? [];
  if (keys === undefined) return [];
  return others.length === 0 ? text(column, key ?? '', value) : [`${column} = ANY (${value(keys)})`];
}

function modalities({ modalities, seriesModalities, modalityPattern }: StudyQuery, value: Parameter): string[] {
  return [
    ...(modalities === undefined ? [] : [`modalities && ${value(modalities)}::text[]`]),
    ...(seriesModalities === undefined ? [] : [`modalities && ${value(seriesModalities)}::text[]`]),
    ...(modalityPattern === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM unnest(modalities) AS modality WHERE modality LIKE ${value(likePattern(modalityPattern))})`,
        ]),
  ];
}

/** Any of the name's component groups, or each of those that the key has, in small or capital letters (PS3.4 section C.2.2.2.1). */
function name(key: string | undefined, value: Parameter): string[] {
  if (key === undefined) return [];
  const columns = ['name_alphabetic', 'name_ideographic', 'name_phonetic'];
  const inColumn = (column: string, group: string) => {
    const folded = group.toLowerCase();
    return hasWildcard(group)
      ? `(${column} <> '' AND ${column} LIKE ${value(likePattern(folded))})`
      : `(${column} <> '' AND ${column} = ${value(folded)})`;
  };
  if (!key.includes('=')) return [`(${columns.map((column) => inColumn(column, key)).join(' OR ')})`];
  const groups = key.split('=').filter((group) => group !== '' && group !== '*');
  // Which script a group is in decides where it is kept (name_alphabetic …), not where a device has put it.
  return groups.map((group) => `(${columns.map((column) => inColumn(column, group)).join(' OR ')})`);
}

/** A name that is kept as it came: whole, or any of its component groups. */
function person(column: string, key: string | undefined, value: Parameter): string[] {
  if (key === undefined) return [];
  const folded = `lower(${column})`;
  const groups = key.includes('=') ? [folded] : [1, 2, 3].map((group) => `split_part(${folded}, '=', ${group})`);
  const wanted = key.toLowerCase();
  const conditions = groups.map((group) => `(${text(group, wanted, value).join(' AND ')})`);
  return [`(${conditions.join(' OR ')})`];
}

export function range(column: string, key: TextRange | undefined, value: Parameter): string[] {
  if (key === undefined) return [];
  return [
    `${column} <> ''`,
    ...(key.from === null ? [] : [`${column} >= ${value(key.from)}`]),
    ...(key.to === null ? [] : [`${column} <= ${value(`${key.to}~`)}`]),
  ];
}

/** 12, 1200 and 120000 begin at once; `1200` as an end includes 12:00:59. */
function time(column: string, key: TextRange | undefined, value: Parameter): string[] {
  if (key === undefined) return [];
  const whole = `rpad(${column}, greatest(6, length(${column})), '0')`;
  return [
    `${column} <> ''`,
    ...(key.from === null ? [] : [`${whole} >= ${value(wholeTime(key.from))}`]),
    ...(key.to === null ? [] : [`${column} <= ${value(`${key.to}~`)}`]),
  ];
}

/** Behind a study in the order of date and time, the later ones first, and UID; in a list by the list's own date and time. */
export function after(place: StudyPlace | undefined, value: Parameter, of: 'study' | 'listed' = 'study'): string[] {
  if (place === undefined) return [];
  const [date, clock, uid] = [value(place.date), value(place.time), value(place.uid)];
  const isBehind = `study_uid ${place.including ? '>=' : '>'} ${uid}`;
  return [
    `${of}_date <= ${date} AND (${of}_date < ${date} OR ${of}_time < ${clock} OR (${of}_time = ${clock} AND ${isBehind}))`,
  ];
}
