import { defineProblems } from '@yinglian/platform';
import type { IssueType } from './operation-outcome.js';

export const searchProblems = defineProblems({
  PARAMETER_NOT_SUPPORTED: { status: 400, title: 'There is no such search parameter, modifier or combination here' },
  PARAMETER_INVALID: { status: 400, title: 'A search parameter has no value of its type' },
});

/** Where the HTTP status does not say it (http://hl7.org/fhir/R4/valueset-issue-type.html). */
export const SEARCH_ISSUES: Readonly<Record<keyof typeof searchProblems, IssueType>> = {
  PARAMETER_NOT_SUPPORTED: 'not-supported',
  PARAMETER_INVALID: 'value',
};
