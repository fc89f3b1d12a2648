import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dataPdu, EXPLICIT_LITTLE_ENDIAN, PDU_TYPE, RawPeer, smallInstance, storeCommand } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

jest.setTimeout(240_000);

/** Multi-frame Grayscale Word Secondary Capture Image Storage. */
const MULTI_FRAME = '1.2.840.10008.5.1.4.1.1.7.3';
const PIXEL_BYTES = 2 ** 31;
/** With its heads a PDU of 128 KiB, as the gateway announces. */
const PIECE_BYTES = 128 * 1024 - 6;
/** A process from source has its compiler in it: what counts is what the object adds. */
const MOST_GROWTH_KIB = 128 * 1024;

describe('an object of 2 GiB', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  const peakMemoryKiB = async () =>
    Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]);

  it('streams through spool and upload in about the memory of a small one', async () => {
    const instance = smallInstance({ sopClassUid: MULTI_FRAME });
    const head = Buffer.alloc(12);
    head.write('\xe0\x7f\x10\x00OW\0\0', 'latin1');
    head.writeUInt32LE(PIXEL_BYTES, 8);
    const header = instance.dataSet.subarray(0, instance.dataSet.indexOf(Buffer.from('e07f1000', 'hex')));
    const peer = await RawPeer.connect(gateway.dicomPort);
    const context = { id: 1, abstractSyntax: MULTI_FRAME, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] };
    expect((await peer.associate({ contexts: [context] }))?.type).toBe(PDU_TYPE.accept);
    const small = smallInstance({ sopClassUid: MULTI_FRAME });
    expect(await peer.store(1, small, small.dataSet)).toBe(0);
    await eventually('a small one is at the registry', async () => gateway.province.packs.size === 1);
    const usual = await peakMemoryKiB();
    peer.send(dataPdu(1, 'command', storeCommand(instance)), dataPdu(1, 'data', Buffer.concat([header, head]), false));
    const piece = dataPdu(1, 'data', Buffer.alloc(PIECE_BYTES), false);
    let left = PIXEL_BYTES;
    for (; left > PIECE_BYTES; left -= PIECE_BYTES) {
      if (!peer.socket.write(piece)) await once(peer.socket, 'drain');
    }
    peer.send(dataPdu(1, 'data', Buffer.alloc(left)));
    expect(await peer.status()).toBe(0);
    peer.close();
    await eventually('the registry has it', async () => gateway.province.largePacks.size === 1, 120_000);
    const [bytes = 0] = gateway.province.largePacks.values();
    expect(bytes).toBeGreaterThan(PIXEL_BYTES);
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect((await peakMemoryKiB()) - usual).toBeLessThan(MOST_GROWTH_KIB);
  });
});
