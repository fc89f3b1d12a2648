import { randomUUID } from 'node:crypto';
import type { BundleEntry, OperationOutcome } from '@medplum/fhirtypes';

/** Says in a searchset which parameters were left out (http://hl7.org/fhir/R4/search.html#errors). */
export const ignoredOutcome = (ignored: readonly string[]): BundleEntry<OperationOutcome>[] =>
  ignored.length === 0
    ? []
    : [
        {
          // Each entry of a Bundle has an address, also one that nothing is found at (bdl-7, and the validator).
          fullUrl: `urn:uuid:${randomUUID()}`,
          resource: {
            resourceType: 'OperationOutcome',
            issue: ignored.map((name) => ({
              severity: 'warning',
              code: 'not-supported',
              diagnostics: `The parameter ${name.slice(0, 64)} was left out`,
            })),
          },
          search: { mode: 'outcome' },
        },
      ];
