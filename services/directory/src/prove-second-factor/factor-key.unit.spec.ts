import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { FactorKey } from './factor-key.js';

describe('the key of second factors', () => {
  const key = new FactorKey(randomBytes(32));

  it('gives back what it encrypted, never in the same bytes, for that account and by that key only', () => {
    const one = key.encrypt('dr.lin', 'GEZDGNBVGY3TQOJQ');
    expect(key.decrypt('dr.lin', one)).toBe('GEZDGNBVGY3TQOJQ');
    expect(key.encrypt('dr.lin', 'GEZDGNBVGY3TQOJQ')).not.toEqual(one);
    expect(one.toString('latin1')).not.toContain('GEZDGNBV');
    expect(() => key.decrypt('dr.chen', one)).toThrow();
    expect(() => new FactorKey(randomBytes(32)).decrypt('dr.lin', one)).toThrow();
  });

  it('tells the digests of one code of two accounts apart', () => {
    expect(key.recoveryDigest('dr.lin', 'abcde23456')).not.toBe(key.recoveryDigest('dr.chen', 'abcde23456'));
  });
});
