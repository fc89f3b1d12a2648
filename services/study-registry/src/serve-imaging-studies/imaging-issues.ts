import { type IssueType, SEARCH_ISSUES } from '@yinglian/fhir';

/** Where the HTTP status does not say it (http://hl7.org/fhir/R4/valueset-issue-type.html). */
export const IMAGING_ISSUES: Readonly<Record<string, IssueType>> = {
  ...SEARCH_ISSUES,
  IMAGING_SEARCH_TOO_WIDE: 'too-costly',
  STUDY_WITHDRAWN: 'deleted',
};
