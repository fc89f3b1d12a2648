import { describe, expect, it } from '@jest/globals';
import { compareHeaders } from './compare-headers.js';

describe('headers of two versions', () => {
  it('are compared element by element, as people read them', () => {
    const first = {
      '00080005': { vr: 'CS', Value: ['GB18030'] },
      '00080060': { vr: 'CS', Value: ['CT'] },
      '00091010': { vr: 'UN', InlineBinary: 'AAEC' },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Wang', Ideographic: '王' }] },
      '00280030': { vr: 'DS', Value: [0.5, 0.5] },
      '00400275': { vr: 'SQ', Value: [{}] },
    };
    const other = {
      '00080060': { vr: 'UN', Value: ['CT'] },
      '00081030': { vr: 'LO', Value: ['x'.repeat(300)] },
      '00091010': { vr: 'UN', InlineBinary: 'AAED' },
      '00100010': { vr: 'PN' },
      '00280030': { vr: 'DS', Value: [0.5, 0.25] },
      '00400275': { vr: 'SQ', Value: [{}, {}] },
    };
    expect(compareHeaders(first, other)).toEqual([
      { tag: '00080005', keyword: 'SpecificCharacterSet', first: 'GB18030', other: null },
      { tag: '00081030', keyword: 'StudyDescription', first: null, other: `${'x'.repeat(160)}…` },
      { tag: '00091010', keyword: null, first: '(3 B)', other: '(3 B)' },
      { tag: '00100010', keyword: 'PatientName', first: 'Wang=王', other: null },
      { tag: '00280030', keyword: 'PixelSpacing', first: '0.5\\0.5', other: '0.5\\0.25' },
      { tag: '00400275', keyword: 'RequestAttributesSequence', first: '(1 ×)', other: '(2 ×)' },
    ]);
    expect(compareHeaders(first, first)).toEqual([]);
  });
});
