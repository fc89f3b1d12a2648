import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import type { ProblemFormat, SaidProblem } from '@yinglian/platform';
import { FHIR_JSON } from './media-type.js';

export type IssueType = OperationOutcomeIssue['code'];

/** Codes of problems, as `details` carries them. */
const PROBLEM_CODES = 'urn:yinglian:problem';

/** http://hl7.org/fhir/R4/valueset-issue-type.html */
const BY_STATUS: Readonly<Record<number, IssueType>> = {
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-supported',
  406: 'not-supported',
  409: 'conflict',
  412: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'processing',
  429: 'throttled',
  503: 'transient',
};

/**
 * Problems below a path are said as OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html), the stable code in `details`.
 * @param issueTypes of problems, by their code, where the status does not say it
 */
export const operationOutcomes = (
  path: string,
  issueTypes: Readonly<Record<string, IssueType>> = {},
): ProblemFormat => ({
  mediaType: FHIR_JSON,
  isFor: (asked) => asked === path || asked.startsWith(`${path}/`),
  bodyOf: (said) => outcomeOf(said, issueTypes),
});

function outcomeOf(
  { problem: { code, status, title }, detail, traceId }: SaidProblem,
  issueTypes: Readonly<Record<string, IssueType>>,
): OperationOutcome {
  const said = [detail, status >= 500 && traceId !== undefined ? `trace ${traceId}` : undefined];
  const diagnostics = said.filter((part) => part !== undefined).join('; ');
  return {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: issueTypes[code] ?? BY_STATUS[status] ?? (status < 500 ? 'invalid' : 'exception'),
        details: { coding: [{ system: PROBLEM_CODES, code, display: title }], text: title },
        ...(diagnostics === '' ? {} : { diagnostics }),
      },
    ],
  };
}
