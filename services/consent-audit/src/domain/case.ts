export const CASE_STATES = ['open', 'decided', 'answered'] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Nothing wrong; against the rules; against the law. */
export const CASE_VERDICTS = ['unfounded', 'improper', 'unlawful'] as const;
export type CaseVerdict = (typeof CASE_VERDICTS)[number];

export type CaseOrigin = 'auditor' | 'patient' | 'finding';

/** What a case becomes by an entry: a verdict decides it anew, also one that was answered; an answer needs a verdict. */
export function stateAfter(state: CaseState, entry: 'note' | 'verdict' | 'answer'): CaseState | undefined {
  if (entry === 'verdict') return 'decided';
  if (entry === 'answer') return state === 'open' ? undefined : 'answered';
  return state;
}
