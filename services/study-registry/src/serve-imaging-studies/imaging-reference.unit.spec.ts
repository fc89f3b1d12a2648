import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { capabilityStatement, operationOutcomes, searchProblems } from '@yinglian/fhir';
import { registryProblems } from '../study-registry.errors.js';
import { endpointResources } from './endpoint-resources.js';
import { IMAGING_ISSUES } from './imaging-issues.js';
import { CONTROLS, CRITERIA } from './search-readers.js';
import { ENDPOINT_CRITERIA } from './show-endpoints.controller.js';

const page = readFileSync(new URL('../../../../docs/reference/fhir.md', import.meta.url), 'utf8');

/** Ways to say a criterion that the CapabilityStatement has by its name. */
const CHAINED = new Set(['patient.identifier', 'subject.identifier']);

describe('what this service serves of FHIR', () => {
  const [{ resource = [] } = {}] = capabilityStatement('http://x/fhir', '2026-11-29').rest ?? [];
  const stated = (type: string) =>
    resource
      .find((one) => one.type === type)
      ?.searchParam?.map(({ name }) => name)
      .sort();

  it('is what the CapabilityStatement says', () => {
    expect(stated('ImagingStudy')).toEqual([...CRITERIA.keys()].filter((name) => !CHAINED.has(name)).sort());
    expect(stated('Endpoint')).toEqual([...ENDPOINT_CRITERIA.keys()].sort());
  });

  it('is in docs/reference/fhir.md', () => {
    const own = new Set(['_offset', '_pretty', 'subject.identifier']);
    const documented = [
      ...CRITERIA.keys(),
      ...CONTROLS.keys(),
      ...ENDPOINT_CRITERIA.keys(),
      ...endpointResources('x').map(({ id = '' }) => id),
    ].filter((name) => !own.has(name));
    expect(documented.length).toBeGreaterThan(15);
    expect(documented.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it.each([registryProblems.IMAGING_SEARCH_TOO_WIDE, ...Object.values(searchProblems)])(
    'fails with $code as the page has it',
    (problem) => {
      const { issue } = operationOutcomes('/fhir', IMAGING_ISSUES).bodyOf({ problem }) as { issue: { code: string }[] };
      const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${problem.code}\``));
      expect(row).toContain(`| \`${issue[0]?.code}\` | ${problem.status} |`);
    },
  );
});
