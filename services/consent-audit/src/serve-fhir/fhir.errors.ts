import { type IssueType, SEARCH_ISSUES } from '@yinglian/fhir';
import { defineProblems } from '@yinglian/platform';

export const consentFhirProblems = defineProblems({
  CONSENT_NOT_UNDERSTOOD: { status: 422, title: 'The Consent is not one that can be taken in' },
  CONSENT_ONLY_ENDS: { status: 422, title: 'A Consent only becomes inactive; what is said anew is a new one' },
});

/** Where the HTTP status does not say it (http://hl7.org/fhir/R4/valueset-issue-type.html). */
export const FHIR_ISSUES: Readonly<Record<string, IssueType>> = {
  ...SEARCH_ISSUES,
  CONSENT_NOT_UNDERSTOOD: 'invalid',
  CONSENT_ONLY_ENDS: 'business-rule',
};
