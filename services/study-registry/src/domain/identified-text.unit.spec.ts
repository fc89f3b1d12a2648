import { describe, expect, it } from '@jest/globals';
import type { DicomJson } from '@yinglian/dicom';
import fc from 'fast-check';
import { cutText, roomFor, textsAtTags, writeWithIdentity } from './identified-text.js';
import { IDENTITY_TAGS, identityElements, withIdentity } from './province-identity.js';

const aTag = fc.oneof(
  fc.constantFrom<string>(...IDENTITY_TAGS, '00080000', 'FFFFFFFF'),
  fc.integer({ min: 0, max: 0xffffffff }).map((tag) => tag.toString(16).toUpperCase().padStart(8, '0')),
);
const anElement = fc.record({ vr: fc.constantFrom('LO', 'PN'), Value: fc.array(fc.string({ unit: 'grapheme' })) });
const anIdentity = fc.record({
  hospital: fc.constant('H001'),
  personId: fc.option(fc.constant('P1')),
  patientIssuer: fc.constantFrom('', 'HIS'),
  patientId: fc.string(),
  accessionNumber: fc.constantFrom('', 'A"1', '影1'),
});

const textWithIdentity = (metadata: DicomJson, identity: DicomJson): string => {
  const [cut, elements] = [cutText(metadata), textsAtTags(identity)];
  const [before, room] = [3, roomFor(cut, elements)];
  const into = Buffer.alloc(before + room);
  const end = writeWithIdentity(into, before, cut, elements);
  expect(end).toBeLessThanOrEqual(before + room);
  expect(into.subarray(0, before)).toEqual(Buffer.alloc(before));
  return into.toString('utf8', before, end);
};

describe('metadata as text', () => {
  it('says under an identity what the elements say under it', () => {
    fc.assert(
      fc.property(fc.dictionary(aTag, anElement), anIdentity, (metadata, study) => {
        const identity = identityElements(study);
        const expected = withIdentity(metadata as DicomJson, identity);
        expect(JSON.parse(textWithIdentity(metadata as DicomJson, identity))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('has its elements in the order of their tags, also of those that JavaScript takes for numbers', () => {
    const metadata = { '20100010': { vr: 'ST' }, '7FE00010': { vr: 'OW' }, '00080018': { vr: 'UI' } };
    expect(textWithIdentity(metadata, { '00100020': { vr: 'LO' } })).toBe(
      '{"00080018":{"vr":"UI"},"00100020":{"vr":"LO"},"20100010":{"vr":"ST"},"7FE00010":{"vr":"OW"}}',
    );
  });

  it('is an empty object where there are no elements', () => {
    expect(textWithIdentity({}, {})).toBe('{}');
  });

  it('knows of each element by which a patient is identified', () => {
    const identity = identityElements({
      hospital: 'H001',
      personId: 'P1',
      patientIssuer: '',
      patientId: '1',
      accessionNumber: 'A1',
    });
    expect(Object.keys(identity).sort()).toEqual([...IDENTITY_TAGS]);
  });
});
