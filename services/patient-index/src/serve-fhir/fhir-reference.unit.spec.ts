import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { capabilityStatement, operationOutcomes, searchProblems } from '@yinglian/fhir';
import { patientIndexProblems } from '../patient-index.errors.js';
import { FHIR_ISSUES, fhirProblems } from './fhir.errors.js';
import { MATCH_EVIDENCE } from './match-entry.js';
import { FEED_EVENT } from './message-body.js';
import { CONTROLS, CRITERIA } from './search-readers.js';

const page = readFileSync(new URL('../../../../docs/reference/fhir.md', import.meta.url), 'utf8');

describe('docs/reference/fhir.md', () => {
  it.each(Object.values({ ...fhirProblems, ...searchProblems, TOO_WIDE: patientIndexProblems.SEARCH_TOO_WIDE }))(
    'has $code with its issue type and status',
    (problem) => {
      const { issue } = operationOutcomes('/fhir', FHIR_ISSUES).bodyOf({ problem }) as { issue: { code: string }[] };
      const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${problem.code}\``));
      expect(row).toContain(`| \`${issue[0]?.code}\` | ${problem.status} |`);
    },
  );

  it('has every criterion, and so does the CapabilityStatement', () => {
    const [{ resource = [] } = {}] = capabilityStatement('http://x/fhir', '2026-11-29').rest ?? [];
    expect(resource[0]?.searchParam?.map(({ name }) => name).sort()).toEqual([...CRITERIA.keys()].sort());
    const own = new Set(['_cursor', '_pretty']);
    const documented = [...CRITERIA.keys(), ...CONTROLS.keys()].filter((name) => !own.has(name));
    expect(documented.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('has what is not FHIR’s own', () => {
    expect([MATCH_EVIDENCE, FEED_EVENT].filter((name) => !page.includes(name))).toEqual([]);
  });
});
