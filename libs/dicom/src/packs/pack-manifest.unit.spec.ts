import { describe, expect, it } from '@jest/globals';
import type { PackManifest } from './pack-format.js';
import { packEnding, readManifest } from './pack-manifest.js';

const instance = (number: number, offset: number, length: number) => ({
  sopInstanceUid: `1.2.${number}`,
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  offset,
  length,
  dataSetOffset: 1,
  dataSetSha256: 'a'.repeat(64),
  receivedAt: '2026-11-24T08:00:00Z',
  callingAeTitle: 'CT1',
  via: 'C-STORE' as const,
});

const manifestOf = (...instances: PackManifest['instances']): PackManifest => ({
  version: 1,
  hospital: 'H001',
  studyInstanceUid: '1.2',
  seriesInstanceUid: '1.2.3',
  instances,
});

const read = (pack: Buffer) =>
  readManifest(pack.length, async (position, length) => pack.subarray(position, position + length));

describe('a pack', () => {
  const manifest = manifestOf(instance(1, 0, 10), instance(2, 10, 5));
  const pack = Buffer.concat([Buffer.alloc(15), packEnding(manifest)]);

  it('gives its manifest back', async () => {
    expect(await read(pack)).toEqual(manifest);
  });

  it.each<[string, Buffer]>([
    ['is empty', Buffer.alloc(0)],
    ['lost its end', pack.subarray(0, -1)],
    ['lost its beginning', pack.subarray(1)],
    [
      'says its manifest is longer than it is',
      Buffer.concat([pack.subarray(0, -12), Buffer.from('ffffffff', 'hex'), pack.subarray(-8)]),
    ],
    [
      'has a manifest that is no gzip',
      Buffer.concat([Buffer.alloc(20, 65), Buffer.from([5, 0, 0, 0]), pack.subarray(-8)]),
    ],
    ['has a gap', Buffer.concat([Buffer.alloc(16), packEnding(manifestOf(instance(1, 0, 10), instance(2, 11, 5)))])],
    [
      'has an instance twice',
      Buffer.concat([Buffer.alloc(15), packEnding(manifestOf(instance(1, 0, 10), instance(1, 10, 5)))]),
    ],
    ['has no instance', Buffer.concat([Buffer.alloc(1), packEnding(manifestOf())])],
  ])('that %s is refused with a reason', async (_, broken) => {
    await expect(read(broken)).rejects.toMatchObject({ name: 'PackError', message: expect.any(String) });
  });
});
