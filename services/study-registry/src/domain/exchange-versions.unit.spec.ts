import { describe, expect, it } from '@jest/globals';
import { type KeptVersion, putBack, takeOthers, type Version } from './exchange-versions.js';

const version = (digest: string, place: number, sopInstanceUid: string): Version => ({
  digest,
  place,
  sopInstanceUid,
  dataSetSha256: `${digest}${place}`,
});
const kept = (digest: string, place: number, uid: string, displaced: Version | null = null): KeptVersion => ({
  ...version(digest, place, uid),
  displaced,
});
const registered = (...versions: readonly Version[]) => new Map(versions.map((each) => [each.sopInstanceUid, each]));

describe('an exchange of versions', () => {
  it('takes of several versions of one instance the last that came', () => {
    const first = version('a', 0, '1');
    expect(takeOthers([kept('b', 0, '1'), kept('c', 0, '1')], registered(first))).toEqual([
      { registered: kept('c', 0, '1'), leftOut: first },
    ]);
  });

  it('is not possible for an instance that nothing is registered of', () => {
    expect(takeOthers([kept('b', 0, '1'), kept('b', 1, '2')], registered(version('a', 0, '1')))).toBeUndefined();
  });

  it('is put back while what was taken is still the registered version', () => {
    const first = version('a', 0, '1');
    const taken = kept('b', 0, '1', first);
    expect(putBack([taken, kept('c', 0, '1')], registered(taken))).toEqual([{ registered: first, leftOut: taken }]);
    expect(putBack([taken], registered(version('c', 0, '1')))).toBeUndefined();
    expect(putBack([taken], registered(version('b', 1, '1')))).toBeUndefined();
  });
});
