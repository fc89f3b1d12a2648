import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseHeader, summarise } from '@yinglian/dicom';
import {
  element,
  machineHas,
  multipart,
  PDU_TYPE,
  part10,
  peersPython,
  type RawContext,
  RawPeer,
  runProgram,
  type SmallInstance,
  smallInstance,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const EXPLICIT = '1.2.840.10008.1.2.1';

/** Writes a data set in explicit VR little endian in implicit VR; it has short values only. */
function implicit(dataSet: Buffer): Buffer {
  const elements: Buffer[] = [];
  for (let at = 0; at < dataSet.length; ) {
    const isLong = ['OW', 'SQ', 'OB', 'UN'].includes(dataSet.toString('latin1', at + 4, at + 6));
    const start = at + (isLong ? 12 : 8);
    const length = isLong ? dataSet.readUInt32LE(at + 8) : dataSet.readUInt16LE(at + 6);
    const head = Buffer.alloc(8);
    dataSet.copy(head, 0, at, at + 4);
    head.writeUInt32LE(length, 4);
    elements.push(head, dataSet.subarray(start, start + length));
    at = start + length;
  }
  return Buffer.concat(elements);
}

/** The same with its pixel data in fragments, as compressed ones are (PS3.5 section A.4). */
function encapsulated(dataSet: Buffer): Buffer {
  const item = (bytes: Buffer) => {
    const head = Buffer.from('feff00e000000000', 'hex');
    head.writeUInt32LE(bytes.length, 4);
    return Buffer.concat([head, bytes]);
  };
  const pixels = Buffer.from('e07f10004f420000ffffffff', 'hex');
  const fragments = [item(Buffer.alloc(0)), item(Buffer.alloc(300, 0xab)), Buffer.from('feffdde000000000', 'hex')];
  return Buffer.concat([dataSet.subarray(0, dataSet.indexOf(Buffer.from('e07f1000', 'hex'))), pixels, ...fragments]);
}

const plain = (dataSet: Buffer) => dataSet;
const deflated = (dataSet: Buffer) => deflateRawSync(dataSet);

/** Transfer syntaxes beside those of the real files, and how a data set is written in them. */
const SYNTAXES: readonly (readonly [name: string, uid: string, write: (dataSet: Buffer) => Buffer])[] = [
  ['Deflated Image Frame Compression', '1.2.840.10008.1.2.8.1', encapsulated],
  ['JPEG Lossless, all selection values', '1.2.840.10008.1.2.4.57', encapsulated],
  ['JPEG-LS Near-Lossless', '1.2.840.10008.1.2.4.81', encapsulated],
  ['JPEG 2000 Part 2', '1.2.840.10008.1.2.4.93', encapsulated],
  ['JPIP Referenced Deflate', '1.2.840.10008.1.2.4.95', deflated],
  ['MPEG2 Main Profile', '1.2.840.10008.1.2.4.100', encapsulated],
  ['MPEG-4 AVC', '1.2.840.10008.1.2.4.102', encapsulated],
  ['HEVC', '1.2.840.10008.1.2.4.107', encapsulated],
  ['JPEG XL', '1.2.840.10008.1.2.4.110', encapsulated],
  ['HTJ2K', '1.2.840.10008.1.2.4.203', encapsulated],
  ['JPIP HTJ2K Referenced Deflate', '1.2.840.10008.1.2.4.205', deflated],
  ['SMPTE ST 2110-20', '1.2.840.10008.1.2.7.1', plain],
  ['one of GE’s, implicit', '1.2.840.113619.5.2', implicit],
  ['one of Philips’, explicit', '1.3.46.670589.33.1.4.1', encapsulated],
  ['one that nobody knows', '1.2.3.4.5.6.7', encapsulated],
  ['one that is yet to come', '1.2.840.10008.1.2.4.999', encapsulated],
];

describe('every transfer syntax and every storage class', () => {
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.stop());

  const arrival = async (digest: string) => {
    const found = async () => (await gateway.province.instances()).find(({ file }) => sha256(file).startsWith(digest));
    await eventually('it is at the registry', async () => (await found()) !== undefined);
  };

  it.each(SYNTAXES)('%s (%s) is stored as it comes, by C-STORE and by STOW-RS', async (_, transferSyntaxUid, write) => {
    const context = { id: 1, abstractSyntax: SECONDARY_CAPTURE, transferSyntaxes: [transferSyntaxUid, EXPLICIT] };
    const peer = await RawPeer.connect(gateway.dicomPort);
    expect((await peer.associate({ contexts: [context] }))?.type).toBe(PDU_TYPE.accept);
    const stored = smallInstance();
    expect(await peer.store(1, stored, write(stored.dataSet))).toBe(0);
    peer.close();
    const stowed = smallInstance();
    const file = part10(stowed.sopClassUid, stowed.sopInstanceUid, write(stowed.dataSet), transferSyntaxUid);
    expect((await gateway.stow(multipart([file]))).status).toBe(200);
    const ofStudy = async ({ studyInstanceUid }: SmallInstance) =>
      (await gateway.province.instances()).find(({ manifest }) => manifest.studyInstanceUid === studyInstanceUid);
    await eventually('both are at the registry', async () =>
      [await ofStudy(stored), await ofStudy(stowed)].every((instance) => instance !== undefined),
    );
    const [byStore, byStow] = [await ofStudy(stored), await ofStudy(stowed)];
    expect(byStore?.file.subarray(byStore.entry.dataSetOffset)).toEqual(write(stored.dataSet));
    expect(byStow?.file).toEqual(file);
    for (const instance of [byStore, byStow]) {
      const summary = summarise(parseHeader(instance?.file ?? Buffer.alloc(0)));
      expect(summary).toMatchObject({ transferSyntaxUid, sopInstanceUid: instance?.entry.sopInstanceUid });
      expect(summary.patient.id).toMatch(/^S\d+$/);
    }
  });

  it('a deflated data set that is cut off, or no deflated data at all, is refused', async () => {
    const { sopClassUid, sopInstanceUid, dataSet } = smallInstance();
    const long = Buffer.concat([dataSet.subarray(0, -14), element(0x7fe00010, 'OW', Buffer.alloc(300_000, 7))]);
    const refusal = async (bytes: Buffer) =>
      gateway.stow(multipart([part10(sopClassUid, sopInstanceUid, bytes, '1.2.840.10008.1.2.1.99')]));
    expect(await refusal(deflateRawSync(long).subarray(0, -4))).toMatchObject({ status: 409 });
    expect(await refusal(Buffer.alloc(5_000, 0xff))).toMatchObject({ status: 409 });
    expect(await refusal(deflateRawSync(long.subarray(0, -1)))).toMatchObject({ status: 409 });
    const whole = part10(sopClassUid, sopInstanceUid, deflateRawSync(long), '1.2.840.10008.1.2.1.99');
    expect((await gateway.stow(multipart([whole]))).status).toBe(200);
    await arrival(sha256(whole));
  });

  it('a private SOP class is stored', async () => {
    const instance = smallInstance({ sopClassUid: '1.3.12.2.1107.5.9.1' });
    const peer = await RawPeer.connect(gateway.dicomPort);
    await peer.associate({ contexts: [{ id: 1, abstractSyntax: instance.sopClassUid, transferSyntaxes: [EXPLICIT] }] });
    expect(await peer.store(1, instance, instance.dataSet)).toBe(0);
    peer.close();
  });

  (machineHas('pydicom') ? it : it.skip)('each storage class of PS3.6 is accepted, and no other class is', async () => {
    const script = fileURLToPath(new URL('../../../../libs/testing/src/peers/storage-classes.py', import.meta.url));
    const { stdout } = await runProgram(peersPython, [script]);
    const { storage, classes }: { storage: string[]; classes: Record<string, string> } = JSON.parse(stdout);
    const services = Object.keys(classes).filter(
      (uid) => !/Storage/.test(classes[uid] ?? '') && !storage.includes(uid),
    );
    expect(storage.length).toBeGreaterThan(150);
    expect(services.length).toBeGreaterThan(50);
    // Retired classes without a name stand among the storage classes.
    const STORAGE_FAMILY = '1.2.840.10008.5.1.4.1.1.';
    const PERFORMED_PROCEDURE_STEP = '1.2.840.10008.3.1.2.3.3';
    const VERIFICATION = '1.2.840.10008.1.1';
    const accepted = await acceptedOf([...storage, ...services]);
    expect(storage.filter((uid) => !accepted.has(uid))).toEqual([]);
    expect(services.filter((uid) => accepted.has(uid) && !uid.startsWith(STORAGE_FAMILY))).toEqual([
      VERIFICATION,
      PERFORMED_PROCEDURE_STEP,
    ]);
  });

  /** Which of these classes the gateway accepts in an association. */
  const acceptedOf = async (uids: readonly string[]) => {
    const accepted = new Set<string>();
    for (let start = 0; start < uids.length; start += 100) {
      const some = uids.slice(start, start + 100);
      const contexts: RawContext[] = some.map((abstractSyntax, index) => ({
        id: index * 2 + 1,
        abstractSyntax,
        transferSyntaxes: [EXPLICIT],
      }));
      const peer = await RawPeer.connect(gateway.dicomPort);
      const body = (await peer.associate({ contexts }))?.body ?? Buffer.alloc(0);
      peer.close();
      for (let at = 68; at < body.length; at += 4 + body.readUInt16BE(at + 2)) {
        const isAccepted = body[at] === 0x21 && body[at + 6] === 0;
        if (isAccepted) accepted.add(some[((body[at + 4] ?? 0) - 1) / 2] ?? '');
      }
    }
    return accepted;
  };
});
