import type { SearchParameter, searchProblems } from '@yinglian/fhir';
import type { SearchDraft } from './imaging-search.js';

/** Null: the parameter was read into the draft. */
export type Refused = {
  readonly problem: keyof typeof searchProblems;
  readonly detail: string;
  readonly mayBeLeftOut: boolean;
} | null;

export interface ReadingContext {
  readonly base: string;
  /** Of values that name no zone. */
  readonly utcOffset: string;
  readonly now: Date;
}

export type ParameterReader = (draft: SearchDraft, parameter: SearchParameter, context: ReadingContext) => Refused;

export const invalid = (detail: string): Refused => ({ problem: 'PARAMETER_INVALID', detail, mayBeLeftOut: false });
export const unsupported = (detail: string): Refused => ({
  problem: 'PARAMETER_NOT_SUPPORTED',
  detail,
  mayBeLeftOut: false,
});
/** What only says how the answer should look may be left out. */
export const left = (detail: string): Refused => ({ problem: 'PARAMETER_NOT_SUPPORTED', detail, mayBeLeftOut: true });
