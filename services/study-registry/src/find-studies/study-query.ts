import { PersonId, Uid } from '@yinglian/contracts';
import { DATE, hasWildcard, readList, readRange, type TextRange, TIME } from '../domain/matching.js';
import type { Search } from '../domain/search-keys.js';

/** What studies are searched by; every condition must hold. */
export interface StudyQuery {
  readonly studyUids?: readonly string[];
  /** Of any of these persons, who are one. */
  readonly personIds?: readonly string[];
  readonly patientId?: string;
  readonly accessionNumber?: string;
  readonly studyDate?: TextRange;
  readonly studyTime?: TextRange;
  readonly birthDate?: TextRange;
  readonly modalities?: readonly string[];
  readonly patientName?: string;
  readonly patientSex?: string;
  readonly referringPhysician?: string;
  readonly studyId?: string;
  readonly description?: string;
  readonly institution?: string;
}

const UIDS_AT_MOST = 1_000;

type Reader = (value: string) => StudyQuery | undefined;

const range =
  (field: 'studyDate' | 'studyTime' | 'birthDate', form: RegExp): Reader =>
  (value) => {
    const read = readRange(value, form);
    return read === undefined ? undefined : { [field]: read };
  };

const READERS: Readonly<Record<string, Reader>> = {
  '0020000D': (value) => {
    const uids = readList(value);
    return uids.length <= UIDS_AT_MOST && uids.every((uid) => Uid.safeParse(uid).success)
      ? { studyUids: uids }
      : undefined;
  },
  '00080020': range('studyDate', DATE),
  '00080030': range('studyTime', TIME),
  '00100030': range('birthDate', DATE),
  '00080061': (value) => ({ modalities: readList(value) }),
  '00080050': (accessionNumber) => ({ accessionNumber }),
  '00100010': (patientName) => ({ patientName }),
  // The province's own ids are told from hospitals' numbers by their form.
  '00100020': (value) => (PersonId.safeParse(value).success ? { personIds: [value] } : { patientId: value }),
  '00100040': (patientSex) => ({ patientSex }),
  '00080090': (referringPhysician) => ({ referringPhysician }),
  '00200010': (studyId) => ({ studyId }),
  '00081030': (description) => ({ description }),
  '00080080': (institution) => ({ institution }),
};

export const STUDY_KEYS: ReadonlySet<string> = new Set(Object.keys(READERS));

/** The query that a search's keys make, or the tag of the key whose value is wrong. */
export function studyQueryOf({ keys }: Search): StudyQuery | string {
  let query: StudyQuery = {};
  for (const [tag, value] of keys) {
    const read = READERS[tag]?.(value);
    if (read === undefined) return tag;
    query = { ...query, ...read };
  }
  return query;
}

/** Whether the search is about somebody, or something, in particular; others list only whom one treats (ADR 0005). */
export const namesSomebody = ({ studyUids, personIds, patientId, accessionNumber }: StudyQuery) =>
  studyUids !== undefined ||
  personIds !== undefined ||
  [patientId, accessionNumber].some((value) => value !== undefined && !hasWildcard(value));
