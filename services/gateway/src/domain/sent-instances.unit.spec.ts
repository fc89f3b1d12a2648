import { describe, expect, it } from '@jest/globals';
import { changedSetDigest, EMPTY_SET_DIGEST } from '@yinglian/dicom';
import { SentInstances } from './sent-instances.js';

const instance = (sopInstanceUid: string, bytes = 'a') => ({ sopInstanceUid, dataSetSha256: bytes.repeat(64) });

describe('what was sent of a study', () => {
  it('counts each instance once, with the first bytes under its UID', () => {
    const sent = new SentInstances();
    expect([sent.count, sent.digest]).toEqual([0, EMPTY_SET_DIGEST]);
    sent.add([instance('1.1'), instance('1.2')]);
    sent.add([instance('1.2', 'b'), instance('1.3')]);
    const digest = changedSetDigest(EMPTY_SET_DIGEST, [instance('1.1'), instance('1.2'), instance('1.3')]);
    expect([sent.count, sent.digest]).toEqual([3, digest]);
  });

  it('is of unknown bytes when something of it is, also when more is added', () => {
    const sent = new SentInstances();
    sent.add([instance('1.1')]);
    sent.addUnknown(['1.1']);
    expect(sent.digest).not.toBeNull();
    sent.addUnknown(['1.2']);
    sent.add([instance('1.3')]);
    expect([sent.count, sent.digest]).toEqual([3, null]);
  });
});
