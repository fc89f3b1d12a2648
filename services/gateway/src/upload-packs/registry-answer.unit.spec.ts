import { describe, expect, it } from '@jest/globals';
import { fatesOf, meaningOf } from './registry-answer.js';

const answer = (status: number, body: unknown) => meaningOf({ status, headers: {}, body: JSON.stringify(body) });
const counts = { stored: 2, duplicates: 0, quarantined: 1 };

describe('the registry’s answer to a pack', () => {
  it('says which instances are kept aside, also of a pack that was there before', () => {
    for (const status of [200, 201]) expect(answer(status, { ...counts, notServed: [1] })).toEqual({ aside: [1] });
    expect(fatesOf({ aside: [1] }, 3)).toEqual(['registered', 'quarantined', 'registered']);
  });

  it('of an older version leaves it open which they are: none of them counts as served then', () => {
    expect(answer(201, counts)).toEqual({ aside: undefined });
    expect(fatesOf({ aside: undefined }, 3)).toEqual(['quarantined', 'quarantined', 'quarantined']);
    expect(answer(201, { ...counts, quarantined: 0 })).toEqual({ aside: [] });
  });

  it('is no success without a receipt: something in between may have said it', () => {
    expect(['<html>', {}, { ...counts, stored: -1 }].map((body) => answer(200, body))).toEqual([
      'later',
      'later',
      'later',
    ]);
  });

  it('is a refusal for good only with a code of the registry’s own', () => {
    expect(answer(422, { code: 'PACK_MALFORMED' })).toEqual({ refused: 'PACK_MALFORMED' });
    expect(answer(422, { code: 'PACK_DIGEST_MISMATCH' })).toBe('later');
    expect(answer(413, { code: 'PROXY_LIMIT' })).toBe('later');
    expect(answer(403, {})).toBe('away');
  });
});
