import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { operationOutcomes } from '@yinglian/fhir';
import { Identity, StatedBy } from '../domain/statement.js';
import { DEATH_CERTIFICATE, IDENTITY, PROOF, STATED_BY } from './consent-names.js';
import { consentFhirProblems, FHIR_ISSUES } from './fhir.errors.js';

const page = readFileSync(new URL('../../../../docs/reference/fhir.md', import.meta.url), 'utf8');

describe('docs/reference/fhir.md', () => {
  it.each(Object.values(consentFhirProblems))('has $code with its issue type and status', (problem) => {
    const { issue } = operationOutcomes('/fhir', FHIR_ISSUES).bodyOf({ problem }) as { issue: { code: string }[] };
    const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${problem.code}\``));
    expect(row).toContain(`| \`${issue[0]?.code}\` | ${problem.status} |`);
  });

  it('has what is not FHIR’s own', () => {
    const kinds = StatedBy.options.flatMap(({ shape }) => ('proof' in shape ? shape.proof.shape.kind.options : []));
    expect(kinds.length).toBeGreaterThan(5);
    const own = [STATED_BY, PROOF, DEATH_CERTIFICATE, IDENTITY, ...Identity.options, ...kinds];
    expect(own.filter((name) => !page.includes(name))).toEqual([]);
  });
});
