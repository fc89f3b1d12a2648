import { describe, expect, it } from '@jest/globals';
import { keysOfFile, newKeyFile, noteSigner, signCheckpoint, verifierKey } from '@yinglian/transparency-log';
import { withNewKeys, withoutFormerKeys } from './rotated-key-file.js';

const ORIGIN = 'health.example/audit';
const textsIn = (file: string) => keysOfFile(file).map((key) => verifierKey(ORIGIN, key));
const checkpointBy = (file: string) =>
  signCheckpoint(
    { origin: ORIGIN, size: 1, root: Buffer.alloc(32), sealedAt: null },
    keysOfFile(file).map((key) => noteSigner(ORIGIN, key)),
  );

describe('the file of the keys of the audit log', () => {
  const before = newKeyFile();
  const both = withNewKeys(before);

  it('gets new keys of both kinds behind those that it has, once', () => {
    expect(textsIn(both)).toHaveLength(4);
    expect(textsIn(both).slice(0, 2)).toEqual(textsIn(before));
    expect(() => withNewKeys(both)).toThrow(/already/);
  });

  it('loses those of before when the new ones have signed, and not earlier', () => {
    expect(textsIn(withoutFormerKeys(both, checkpointBy(both)))).toEqual(textsIn(both).slice(2));
    expect(() => withoutFormerKeys(both, checkpointBy(before))).toThrow(/still needed/);
    expect(() => withoutFormerKeys(both, 'x')).toThrow(/still needed/);
  });

  it('is not touched where there is nothing to forget', () => {
    expect(textsIn(withoutFormerKeys(before, checkpointBy(before)))).toEqual(textsIn(before));
  });
});
