import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedSetDigest, EMPTY_SET_DIGEST, type NamedBytes } from './set-digest.js';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const instance = (name: number): NamedBytes => ({ sopInstanceUid: `1.2.${name}`, dataSetSha256: sha(`bytes ${name}`) });
const of = (...instances: NamedBytes[]) => changedSetDigest(EMPTY_SET_DIGEST, instances);

describe('the digest of a set of instances', () => {
  it('is of one instance the SHA-256 of its UID and its bytes', () => {
    expect(of(instance(1))).toBe(sha(`1.2.1 ${sha('bytes 1')}`));
    expect(of()).toBe('0'.repeat(64));
  });

  it('is other when one has other bytes, is missing or is another one', () => {
    const digests = [
      of(instance(1), instance(2)),
      of(instance(1), { ...instance(2), dataSetSha256: sha('others') }),
      of(instance(1)),
      of(instance(1), instance(3)),
      of({ ...instance(1), sopInstanceUid: '1.2.2' }, { ...instance(2), sopInstanceUid: '1.2.1' }),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('is the same in whatever order and portions they come and go', () => {
    const names = fc.uniqueArray(fc.nat(1_000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(names, fc.nat(19), fc.nat(19), (some, split, kept) => {
        const all = some.map(instance);
        const portions = changedSetDigest(of(...all.slice(split).reverse()), all.slice(0, split));
        expect(portions).toBe(of(...all));
        expect(changedSetDigest(portions, [], all.slice(kept))).toBe(of(...all.slice(0, kept)));
      }),
    );
  });
});
