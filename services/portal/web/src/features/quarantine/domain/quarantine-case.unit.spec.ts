import { describe, expect, it } from '@jest/globals';
import { type Pixels, pixelsOf } from './quarantine-case.js';

describe('a case in words', () => {
  it.each<[Pixels, Pixels[]]>([
    ['differ', ['equal', 'not-compared', 'differ']],
    ['not-compared', ['equal', 'not-compared']],
    ['equal', ['no-pixels', 'equal']],
    ['no-pixels', ['no-pixels']],
    ['no-pixels', []],
  ])('says %s of pixels that are %j', (said, all) => {
    const instance = { sopInstanceUid: '1.2', instanceNumber: '1', first: 'a', other: 'b', differences: 0 };
    expect(pixelsOf(all.map((pixels) => ({ ...instance, pixels })))).toBe(said);
  });
});
