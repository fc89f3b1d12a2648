import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Asking, CT_IMAGE_STORAGE, EXPLICIT_LITTLE_ENDIAN, PDU_TYPE, RawPeer, rawPdu } from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const context = (id: number, abstractSyntax: string) => ({
  id,
  abstractSyntax,
  transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN],
});
const contexts = [context(1, CT_IMAGE_STORAGE), context(3, SECONDARY_CAPTURE)];
/** A-ASSOCIATE-RJ: result, source, reason (PS3.8 section 9.3.4). */
const rejection = (...why: number[]) => ({ type: PDU_TYPE.reject, body: Buffer.from([0, ...why]) });
const LOCAL_LIMIT = rejection(2, 3, 2);
const RELEASE_REQUEST = 5;
const NO_REASON_GIVEN = rejection(1, 1, 1);

describe('what the hospital allows to a device', () => {
  let gateway: TestGateway;
  let folder: string;
  const peers: RawPeer[] = [];

  const allow = (maximumAssociations: number) =>
    writeFile(
      join(folder, 'hospital.json'),
      JSON.stringify({
        devices: [
          { aeTitle: 'STORESCU', maximumAssociations, maximumPduLength: 16_384, sopClasses: [CT_IMAGE_STORAGE] },
          { aeTitle: 'DCMSEND', requireTls: true },
        ],
      }),
    );
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yinglian-devices-'));
    await allow(1);
    gateway = await TestGateway.start({ HOSPITAL_FILE: join(folder, 'hospital.json') });
  });
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.close();
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true });
  });

  const asked = async (asking: Partial<Asking> = {}) => {
    const peer = await RawPeer.connect(gateway.dicomPort);
    peers.push(peer);
    return { peer, answer: await peer.associate({ contexts, ...asking }) };
  };
  const admitted = async (asking: Partial<Asking> = {}) => {
    let found = await asked(asking);
    await eventually('there is room for the device', async () => {
      if (found.answer?.type !== PDU_TYPE.accept) found = await asked(asking);
      return found.answer?.type === PDU_TYPE.accept;
    });
    return { peer: found.peer, body: found.answer?.body ?? Buffer.alloc(0) };
  };

  it('is so many associations at a time, for each device alone', async () => {
    await admitted();
    expect((await asked()).answer).toEqual(LOCAL_LIMIT);
    expect((await asked({ calling: 'PYNETDICOM' })).answer?.type).toBe(PDU_TYPE.accept);
  });

  it('is free again as soon as an association is released', async () => {
    let { peer } = await admitted();
    for (let times = 0; times < 20; times += 1) {
      peer.send(rawPdu(RELEASE_REQUEST, Buffer.alloc(4)));
      expect((await peer.next())?.type).toBe(PDU_TYPE.releaseReply);
      const next = await asked();
      expect(next.answer?.type).toBe(PDU_TYPE.accept);
      peer = next.peer;
    }
  });

  it('is announced as its longest PDU, and held to', async () => {
    const { peer, body } = await admitted();
    expect(body.readUInt32BE(body.indexOf(Buffer.from([0x51, 0, 0, 4])) + 4)).toBe(16_384);
    peer.send(rawPdu(4, Buffer.alloc(64), 16_385));
    expect(await peer.next()).toEqual({ type: PDU_TYPE.abort, body: Buffer.from([0, 0, 2, 6]) });
  });

  it('is the only storage class that it may send', async () => {
    const results = async (asking: Partial<Asking> = {}) =>
      [...(await admitted(asking)).body.toString('latin1').matchAll(/\x21\0..(.)\0(.)\0/gs)].map((found) => [
        found[1]?.charCodeAt(0),
        found[2]?.charCodeAt(0),
      ]);
    expect(await results()).toEqual([
      [1, 0],
      [3, 3],
    ]);
    expect(await results({ calling: 'PYNETDICOM' })).toEqual([
      [1, 0],
      [3, 0],
    ]);
  });

  it('may be TLS only', async () => {
    expect((await asked({ calling: 'DCMSEND' })).answer).toEqual(NO_REASON_GIVEN);
  });

  it('is followed when its file changes', async () => {
    await admitted();
    expect((await asked()).answer).toEqual(LOCAL_LIMIT);
    await allow(2);
    await eventually('a second association is taken', async () => (await asked()).answer?.type === PDU_TYPE.accept);
  });
});
