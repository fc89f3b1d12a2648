import { describe, expect, it } from '@jest/globals';
import { readSearchParameters } from '@yinglian/fhir';
import fc from 'fast-check';
import type { StudyRow } from '../storage/study-row.js';
import { readImagingSearch } from './read-imaging-search.js';
import { CONTROLS, CRITERIA } from './search-readers.js';
import { startedTest } from './started-test.js';

const names = fc.constantFrom(
  ...CRITERIA.keys(),
  ...CONTROLS.keys(),
  'modality:not',
  'subject:Patient',
  'toString',
  'x.y',
);
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'urn:yinglian:hospital:H001:%|A',
    'urn:oid:1.2',
    'ge2026',
    '9999-12-31',
    '|',
    '\\',
    ',',
    '*',
    'Patient/',
  ),
);
const context = { base: 'http://x/fhir', utcOffset: '+08:00', now: new Date('2026-11-29T00:00:00Z') };
const [study]: Partial<StudyRow>[] = [
  {
    study_uid: '1.2',
    study_date: '20260230',
    study_time: 'x',
    modalities: ['CT'],
    body_parts: ['?'],
    instance_count: 0,
  },
];

describe('whatever is searched by', () => {
  it('is understood or refused, and looks at any study', () => {
    let understood = 0;
    fc.assert(
      fc.property(fc.dictionary(names, values, { maxKeys: 5 }), (query) => {
        const read = readImagingSearch(readSearchParameters(query), 'lenient', context);
        if (!read.ok) return expect(read.problem.status).toBe(400);
        understood += 1;
        const { tests, started, count } = read.value;
        for (const holds of [...tests, ...started.map((test) => startedTest(test, () => '+08:00'))]) {
          expect(typeof holds(study as StudyRow)).toBe('boolean');
        }
        expect(count >= 1 && count <= 100).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(understood).toBeGreaterThan(100);
  });
});
