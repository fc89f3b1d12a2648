import type { DateRange, Patient, SearchParameter, searchProblems } from '@yinglian/fhir';
import type { IdentifierKey } from './identifier-key.js';

/** What the index does not know is looked at in what it found. */
export type Filter = (patient: Patient) => boolean;

/** A search while its parameters are read, one by one. */
export interface SearchDraft {
  ids: string[] | null;
  identifiers: IdentifierKey[] | null;
  readonly family: string[];
  readonly given: string[];
  readonly name: string[];
  readonly days: DateRange[];
  readonly filters: Filter[];
  readonly domains: string[];
  count: number;
  cursor: string | null;
}

/** Null: the parameter was read into the draft. */
export type Refused = { readonly problem: keyof typeof searchProblems; readonly detail: string } | null;
export type ParameterReader = (draft: SearchDraft, parameter: SearchParameter) => Refused;

export const ALTERNATIVES_AT_MOST = 20;

export const invalid = (detail: string): Refused => ({ problem: 'PARAMETER_INVALID', detail });
export const unsupported = (detail: string): Refused => ({ problem: 'PARAMETER_NOT_SUPPORTED', detail });
