import type { DateTest } from '@yinglian/fhir';
import type { StudyRow } from '../storage/study-row.js';

/** What names a study, or whose it is. */
export type StudyKey =
  | { readonly kind: 'study'; readonly uid: string }
  | { readonly kind: 'series'; readonly uid: string }
  | { readonly kind: 'accession'; readonly number: string; readonly hospital: string | null }
  | { readonly kind: 'person'; readonly personId: string }
  /** Of whoever is a hospital's patient, or of that patient only. */
  | {
      readonly kind: 'patient';
      readonly hospital: string;
      readonly issuer: string;
      readonly id: string;
      readonly isWholePerson: boolean;
    };

export type StudyTest = (study: StudyRow) => boolean;

export const ORDERS = ['-started', 'started', '-_lastUpdated', '_lastUpdated'] as const;
export type Order = (typeof ORDERS)[number];

/** A search for ImagingStudies, all of whose conditions must hold (http://hl7.org/fhir/R4/imagingstudy.html#search). */
export interface ImagingSearch {
  /** Any key of each list; without a list nobody in particular is asked for. */
  readonly keys: readonly (readonly StudyKey[])[];
  readonly tests: readonly StudyTest[];
  readonly started: readonly DateTest[];
  readonly modalities: readonly (readonly string[])[];
  readonly updated: readonly DateTest[];
  readonly instanceUids: readonly (readonly string[])[];
  readonly sopClassUids: readonly (readonly string[])[];
  readonly order: Order;
  readonly count: number;
  readonly offset: number;
  readonly summary: 'no' | 'without instances' | 'count';
  readonly includesEndpoints: boolean;
  /** Names of the criteria. */
  readonly query: readonly string[];
  /** Names of parameters that were left out. */
  readonly ignored: readonly string[];
}

/** A search while its parameters are read, one by one. */
export type SearchDraft = {
  -readonly [Field in keyof Omit<
    ImagingSearch,
    'query' | 'ignored'
  >]: ImagingSearch[Field] extends readonly (infer One)[] ? One[] : ImagingSearch[Field];
};
