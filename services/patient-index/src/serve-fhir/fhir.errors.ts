import { type IssueType, SEARCH_ISSUES } from '@yinglian/fhir';
import { defineProblems } from '@yinglian/platform';

export const fhirProblems = defineProblems({
  SOURCE_IDENTIFIER_NOT_FOUND: { status: 404, title: 'Nobody has this identifier' },
  SOURCE_DOMAIN_UNKNOWN: { status: 400, title: 'Identifiers of this system are not kept here' },
  TARGET_DOMAIN_UNKNOWN: { status: 403, title: 'There is no such target system' },
  RETURNED_DOMAIN_UNKNOWN: { status: 404, title: 'Identifiers of one of these systems are not kept here' },
  PATIENT_NOT_UNDERSTOOD: { status: 422, title: 'The Patient is not one that can be taken in' },
  PATIENT_OF_ANOTHER_HOSPITAL: { status: 403, title: 'A client feeds patients of its own hospital only' },
  REMOVE_NOT_SUPPORTED: { status: 400, title: 'Patients are never removed' },
  MESSAGE_NOT_UNDERSTOOD: { status: 422, title: 'The message is not a patient feed' },
});

/** Where the HTTP status does not say it (http://hl7.org/fhir/R4/valueset-issue-type.html). */
export const FHIR_ISSUES: Readonly<Record<string, IssueType>> = {
  ...SEARCH_ISSUES,
  SEARCH_TOO_WIDE: 'too-costly',
  SOURCE_DOMAIN_UNKNOWN: 'code-invalid',
  TARGET_DOMAIN_UNKNOWN: 'code-invalid',
  REMOVE_NOT_SUPPORTED: 'not-supported',
};
