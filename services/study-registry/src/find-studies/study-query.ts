import { PersonId, Uid } from '@yinglian/contracts';
import { nameWordsQuery } from '@yinglian/names';
import { DATE, EMPTY_VALUE, hasWildcard, readList, readRange, type TextRange, TIME } from '../domain/matching.js';
import { levelOf } from '../domain/search-attributes.js';
import type { Search } from '../domain/search-keys.js';
import type { StudyPlace } from './study-place.js';

/** What studies are searched by; every condition must hold. */
export interface StudyQuery {
  readonly studyUids?: readonly string[];
  /** Studies that have one of these series. */
  readonly seriesUids?: readonly string[];
  /** Of any of these persons, who are one. */
  readonly personIds?: readonly string[];
  readonly patientId?: string;
  /** A hospital's own number, in Other Patient IDs Sequence. */
  readonly otherPatientId?: string;
  readonly accessionNumber?: string;
  readonly studyDate?: TextRange;
  readonly studyTime?: TextRange;
  readonly birthDate?: TextRange;
  /** One of these, each without wildcards. */
  readonly modalities?: readonly string[];
  readonly modalityPattern?: string;
  /** One of a list that a series' key brings in beside the study's own. */
  readonly seriesModalities?: readonly string[];
  readonly patientName?: string;
  /** A name as it is spoken or begun, as a query of words (`nameWordsQuery`). */
  readonly nameWords?: string;
  readonly patientSex?: readonly string[];
  readonly referringPhysician?: string;
  readonly studyId?: string;
  readonly description?: string;
  readonly institution?: string;
  /** Tags of attributes that have no value. */
  readonly empty?: readonly string[];
  /** Only what comes behind this one in the order of every list. */
  readonly after?: StudyPlace;
}

const UIDS_AT_MOST = 1_000;

type Reader = (value: string, search: Search) => StudyQuery | undefined;

const range =
  (field: 'studyDate' | 'studyTime' | 'birthDate', form: RegExp): Reader =>
  (value) => {
    const read = readRange(value, form);
    return read === undefined ? undefined : { [field]: read };
  };

const uids =
  (field: 'studyUids' | 'seriesUids'): Reader =>
  (value) => {
    const listed = readList(value);
    return listed.length <= UIDS_AT_MOST && listed.every((uid) => Uid.safeParse(uid).success)
      ? { [field]: listed }
      : undefined;
  };

const READERS: Readonly<Record<string, Reader>> = {
  '0020000D': uids('studyUids'),
  '00080020': range('studyDate', DATE),
  '00080030': range('studyTime', TIME),
  '00100030': range('birthDate', DATE),
  '00080061': (value) => (hasWildcard(value) ? { modalityPattern: value } : { modalities: readList(value) }),
  '00080050': (accessionNumber) => ({ accessionNumber }),
  '00100010': (patientName, { fuzzyMatching }) => {
    const nameWords = fuzzyMatching ? nameWordsQuery(patientName) : null;
    return nameWords === null ? { patientName } : { nameWords };
  },
  // The province's own ids are told from hospitals' numbers by their form.
  '00100020': (value) => (PersonId.safeParse(value).success ? { personIds: [value] } : { patientId: value }),
  '00101002.00100020': (otherPatientId) => ({ otherPatientId }),
  '00100040': (value) => ({ patientSex: readList(value) }),
  '00080090': (referringPhysician) => ({ referringPhysician }),
  '00200010': (studyId) => ({ studyId }),
  '00081030': (description) => ({ description }),
  '00080080': (institution) => ({ institution }),
  // Of a series' keys, those that say something of its study.
  '0020000E': uids('seriesUids'),
  '00080060': (value) => (hasWildcard(value) ? {} : { seriesModalities: readList(value) }),
};

/** The query that a search's keys make, or the tag of the key whose value is wrong. */
export function studyQueryOf(search: Search): StudyQuery | string {
  let query: StudyQuery = {};
  for (const [path, value] of search.keys) {
    const isStudys = levelOf(path) === 'study';
    if (search.emptyValueMatching && value === EMPTY_VALUE) {
      if (isStudys) query = { ...query, empty: [...(query.empty ?? []), path] };
      continue;
    }
    const reader = READERS[path];
    const read = reader === undefined && !isStudys ? {} : reader?.(value, search);
    if (read === undefined) return path;
    query = { ...query, ...read };
  }
  return query;
}

/** Whether the search is about somebody, or something, in particular; others list only whom one treats (ADR 0005). */
export const namesSomebody = (query: StudyQuery) =>
  [query.studyUids, query.seriesUids, query.personIds].some((value) => value !== undefined) ||
  [query.patientId, query.otherPatientId, query.accessionNumber].some(
    (value) => value !== undefined && !hasWildcard(value),
  );
