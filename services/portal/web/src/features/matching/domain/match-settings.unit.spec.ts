import { describe, expect, it } from '@jest/globals';
import { comparedFields, estimated, withoutEmptyEnds } from './match-settings.js';

describe('a preview', () => {
  it('is of the whole province, as exactly as a sample tells', () => {
    expect([estimated(7, 1), estimated(7, 1_234.5), estimated(0, 1_234.5)]).toEqual([7, 8_600, 0]);
  });

  it('has no bars before the first pair and after the last', () => {
    const bars = [0, 2, 0, 1, 0].map((now, bits) => ({ bits, now, proposed: 0 }));
    expect(withoutEmptyEnds(bars).map(({ bits }) => bits)).toEqual([1, 2, 3]);
    expect(withoutEmptyEnds(bars.slice(0, 1))).toEqual([]);
  });

  it('sets side by side what at least one of two records says', () => {
    const record = (birthDate: string | null) => ({
      patient: { hospital: 'H001', issuer: '', id: '1' },
      statements: [{ names: [{ written: '何子墨' }], birthDate, sex: '', numbers: [], phones: [], addresses: [] }],
    });
    const agreements = [
      { field: 'name', agreement: 'agree' as const },
      { field: 'birthDate', agreement: 'unknown' as const },
      { field: 'sex', agreement: 'unknown' as const },
    ];
    expect(comparedFields({ records: [record('19800203'), record(null)], agreements })).toEqual([
      { field: 'name', agreement: 'agree', values: ['何子墨', '何子墨'] },
      { field: 'birthDate', agreement: 'unknown', values: ['19800203', null] },
    ]);
  });
});
