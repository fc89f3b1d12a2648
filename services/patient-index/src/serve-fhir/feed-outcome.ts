import type { OperationOutcome, OperationOutcomeIssue } from '@yinglian/fhir';
import type { PatientMergeOutcome } from '../merge-patients/merge-patients.handler.js';

const SAYS: Readonly<Record<PatientMergeOutcome, string>> = {
  MERGED: 'Both are one person now',
  ALREADY: 'Both were one person already',
  ASKED: 'A steward was asked: they were kept apart before, or their resident ids differ',
};

/** What came of a patient that was fed. */
export function feedOutcome(merges: readonly PatientMergeOutcome[]): OperationOutcome {
  const issues = merges.map(
    (outcome): OperationOutcomeIssue => ({
      severity: outcome === 'ASKED' ? 'warning' : 'information',
      code: outcome === 'ASKED' ? 'business-rule' : 'informational',
      details: { text: SAYS[outcome] },
    }),
  );
  const taken: OperationOutcomeIssue = {
    severity: 'information',
    code: 'informational',
    details: { text: 'The patient was taken in' },
  };
  return { resourceType: 'OperationOutcome', issue: issues.length === 0 ? [taken] : issues };
}
