import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CT_IMAGE_STORAGE,
  ctSeries,
  EXPLICIT_LITTLE_ENDIAN,
  fileOf,
  multipart,
  RawPeer,
  runProgram,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const context = { id: 1, abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] };

describe('a disk without room', () => {
  let gateway: TestGateway;
  const { slices } = ctSeries(40);

  afterAll(() => gateway.stop());

  /** Sends slices one after the other; resolves with the statuses. */
  const send = async () => {
    const peer = await RawPeer.connect(gateway.dicomPort);
    await peer.associate({ contexts: [context] });
    const statuses: (number | undefined)[] = [];
    for (const { sopInstanceUid, dataSet } of slices) {
      statuses.push(await peer.store(1, { sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid }, dataSet));
    }
    peer.close();
    return statuses;
  };

  beforeAll(async () => {
    // The folder is in the same file system as this one.
    const { bavail, bsize } = await statfs(tmpdir());
    gateway = await TestGateway.start({ SPOOL_MIN_FREE_BYTES: String(bavail * bsize * 2) });
  });

  it('refuses with A700 by C-STORE and by STOW-RS, and is not ready', async () => {
    expect(new Set(await send())).toEqual(new Set([0xa700]));
    const [slice] = slices;
    if (slice === undefined) throw new Error('There are slices');
    expect(await gateway.stow(multipart([fileOf(slice)]))).toMatchObject({
      status: 409,
      body: { '0008119A': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [0xa700] } }] } },
    });
    expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
  });
});

describe('a disk that fails while it is written to', () => {
  let gateway: TestGateway;
  const { slices } = ctSeries(12);

  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  it('keeps what was acknowledged, refuses the rest with A700, and goes on when the disk does', async () => {
    const limit = (bytes: string) =>
      runProgram('prlimit', ['--pid', String(gateway.pid), `--fsize=${bytes}:unlimited`]);
    const peer = await RawPeer.connect(gateway.dicomPort);
    await peer.associate({ contexts: [context] });
    const store = ({ sopInstanceUid, dataSet }: (typeof slices)[number]) =>
      peer.store(1, { sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid }, dataSet);
    // A file may have 1.2 MB: two slices, and a part of the third.
    expect((await limit('1200000')).code).toBe(0);
    const statuses: (number | undefined)[] = [];
    for (const slice of slices.slice(0, 6)) statuses.push(await store(slice));
    expect(statuses).toEqual([0, 0, 0xa700, 0, 0, 0xa700]);
    await limit('100000');
    expect(await store(slices[6] ?? raise())).toBe(0xa700);
    await limit('unlimited');
    for (const slice of slices.slice(6)) expect(await store(slice)).toBe(0);
    peer.close();
    const kept = [0, 1, 3, 4, 6, 7, 8, 9, 10, 11].map((index) => slices[index]?.sha256);
    const received = async () => (await gateway.province.instances()).map(({ entry }) => entry.dataSetSha256);
    await eventually(
      'the acknowledged slices are at the registry',
      async () => (await received()).length === kept.length,
    );
    expect((await received()).sort()).toEqual(kept.sort());
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
  });
});

function raise(): never {
  throw new Error('There is a slice');
}
