import { describe, expect, it } from '@jest/globals';
import { notServed, sortInstances } from './sort-instances.js';

const instance = (sopInstanceUid: string, dataSetSha256: string) => ({ sopInstanceUid, dataSetSha256 });

describe('instances of a pack', () => {
  const registered = new Map([['1.1', 'a']]);

  it('are stored, counted as duplicates, or kept aside when their bytes differ', () => {
    expect(
      sortInstances([instance('1.2', 'b'), instance('1.1', 'a'), instance('1.1', 'x')], registered, [], true),
    ).toEqual({ stored: [0], duplicates: [1], quarantined: [{ place: 2, reason: 'SAME_UID_OTHER_BYTES' }] });
  });

  it('of another hospital’s study are kept aside, unless they are the very same', () => {
    expect(sortInstances([instance('1.2', 'b'), instance('1.1', 'a')], registered, [], false)).toEqual({
      stored: [],
      duplicates: [1],
      quarantined: [{ place: 0, reason: 'STUDY_OF_ANOTHER_HOSPITAL' }],
    });
  });

  it('that were kept aside before are not kept aside again', () => {
    expect(sortInstances([instance('1.1', 'x')], registered, [instance('1.1', 'x')], true)).toEqual({
      stored: [],
      duplicates: [0],
      quarantined: [],
    });
  });

  it('are served when these very bytes are registered under their UIDs', () => {
    expect(notServed([instance('1.1', 'a'), instance('1.1', 'x'), instance('1.2', 'a')], registered)).toEqual([1, 2]);
  });
});
