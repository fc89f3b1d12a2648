import { describe, expect, it } from '@jest/globals';
import { readSearchParameters } from '@yinglian/fhir';
import fc from 'fast-check';
import { readFedPatient } from './fed-patient.js';
import { observedPatient } from './observed-patient.js';
import { PatientBody } from './patient-body.js';
import { readPatientSearch } from './patient-search.js';

const NAMES = [
  '_id',
  'identifier',
  'family',
  'given:exact',
  'name',
  'birthdate',
  'gender',
  'active',
  '_count',
  'toString',
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'urn:yinglian:hospital:H001|A',
    'urn:yinglian:hospital:H001:%|A',
    'ge1992',
    '王',
    '%',
    '|',
    '\\',
    ',',
  ),
);
const identifier = fc.record({ system: text, value: text }, { requiredKeys: [] });
const patient = fc.record(
  {
    resourceType: fc.constant('Patient'),
    identifier: fc.array(identifier, { maxLength: 4 }),
    name: fc.array(fc.record({ text, family: text, given: fc.array(text, { maxLength: 2 }) }, { requiredKeys: [] }), {
      maxLength: 3,
    }),
    birthDate: fc.constantFrom('1992', '1992-03', '1992-03-17', '0000-00-00'),
    multipleBirthInteger: fc.integer(),
    link: fc.array(
      fc.record({
        type: fc.constantFrom('replaced-by', 'replaces', 'refer'),
        other: fc.record(
          {
            identifier,
            reference: fc.oneof(
              text,
              text.map((one) => `Patient?identifier=${one}`),
            ),
          },
          { requiredKeys: [] },
        ),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['resourceType'] },
);

describe('whatever a client sends', () => {
  it('as a search is read or refused', () => {
    const query = fc.dictionary(
      fc.oneof(fc.constantFrom(...NAMES), text),
      fc.oneof(text, fc.array(text, { maxLength: 3 })),
    );
    fc.assert(
      fc.property(query, fc.constantFrom('strict' as const, 'lenient' as const), (given, handling) => {
        const search = readPatientSearch(readSearchParameters(given), handling);
        if (!search.ok) return;
        const { ids, identifiers, name, birthDate, filters } = search.value;
        // Never everybody: something is to be found by.
        expect([ids, identifiers, name, birthDate].some((key) => key !== null)).toBe(true);
        for (const applies of filters) expect(typeof applies({ resourceType: 'Patient' })).toBe('boolean');
      }),
    );
  });

  it('as a Patient is taken for a patient of its own hospital, or refused', () => {
    fc.assert(
      fc.property(patient, fc.option(text), (sent, asked) => {
        const body = PatientBody.safeParse(sent);
        if (!body.success) return;
        const fed = readFedPatient(body.data, 'H001', asked);
        if (!fed.ok) return;
        const { patient: key, replacedBy, replaces } = fed.value;
        expect([key, replacedBy, ...replaces].filter((one) => one !== null && one.hospital !== 'H001')).toEqual([]);
        expect(observedPatient(body.data, key, new Date(0)).patient).toEqual(key);
      }),
    );
  });
});
