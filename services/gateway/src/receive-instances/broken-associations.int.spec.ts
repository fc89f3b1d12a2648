import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  associateRequest,
  CT_IMAGE_STORAGE,
  ctSeries,
  dataPdu,
  EXPLICIT_LITTLE_ENDIAN,
  PDU_TYPE,
  RawPeer,
  rawPdu,
  type SmallInstanceOptions,
  smallInstance,
  storeCommand,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
const context = { id: 1, abstractSyntax: SECONDARY_CAPTURE, transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] };
/** A-ABORT by the service provider for that reason (PS3.8 section 9.3.8). */
const abortFor = (reason: number) => ({ type: PDU_TYPE.abort, body: Buffer.from([0, 0, 2, reason]) });
const UNRECOGNIZED_PDU = 1;
const UNEXPECTED_PDU = 2;
const UNEXPECTED_PARAMETER = 5;
const INVALID_PARAMETER = 6;

describe('what is wrong on the DIMSE port', () => {
  let gateway: TestGateway;
  const peers: RawPeer[] = [];

  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  const closePeers = () => {
    for (const peer of peers.splice(0)) peer.close();
  };
  afterEach(closePeers);
  afterAll(() => gateway.stop());

  const connect = async () => {
    const peer = await RawPeer.connect(gateway.dicomPort);
    peers.push(peer);
    return peer;
  };
  const associated = async (asking = { contexts: [context] }) => {
    const peer = await connect();
    expect((await peer.associate(asking))?.type).toBe(PDU_TYPE.accept);
    return peer;
  };
  /** Nothing of that study is kept, told or handed over, though later studies are. */
  const expectNothingOf = async (studyInstanceUid: string) => {
    const next = smallInstance();
    const peer = await associated();
    expect(await peer.store(1, next, next.dataSet)).toBe(0);
    closePeers();
    await eventually('a later study was told and handed over', async () => {
      const studies = (await gateway.province.instances()).map(({ manifest }) => manifest.studyInstanceUid);
      const told = (await gateway.events()).map(({ data }) => data.studyInstanceUid);
      return studies.includes(next.studyInstanceUid) && told.includes(next.studyInstanceUid);
    });
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect((await gateway.events()).map(({ data }) => data.studyInstanceUid)).not.toContain(studyInstanceUid);
    expect((await gateway.province.instances()).map(({ manifest }) => manifest.studyInstanceUid)).not.toContain(
      studyInstanceUid,
    );
  };

  it.each<[what: string, bytes: Buffer, reason: number]>([
    ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: gateway\r\n\r\n'), UNRECOGNIZED_PDU],
    ['a TLS hello', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc]), UNRECOGNIZED_PDU],
    ['random bytes', Buffer.concat([Buffer.from([0xc7]), randomBytes(4096)]), UNRECOGNIZED_PDU],
    ['an association request of 4 GiB', rawPdu(1, Buffer.alloc(64), 0xffffffff), INVALID_PARAMETER],
    ['an association request of two bytes', rawPdu(1, Buffer.alloc(2)), INVALID_PARAMETER],
    ['an association request full of 255', rawPdu(1, Buffer.alloc(512, 0xff)), INVALID_PARAMETER],
    ['data before any association', dataPdu(1, 'data', Buffer.alloc(8)), UNEXPECTED_PDU],
    ['a release before any association', rawPdu(5, Buffer.alloc(4)), UNEXPECTED_PDU],
    ['the answer of an acceptor', rawPdu(2, Buffer.alloc(68)), UNEXPECTED_PDU],
  ])('%s is answered with A-ABORT and the end of the connection', async (_, bytes, reason) => {
    const peer = await connect();
    peer.send(bytes);
    expect(await peer.next()).toEqual(abortFor(reason));
    expect(await peer.next()).toBeUndefined();
  });

  it.each<[what: string, bytes: Buffer, reason: number]>([
    ['a second request', associateRequest({ contexts: [context] }), UNEXPECTED_PDU],
    ['a data PDU of 4 GiB', rawPdu(4, Buffer.alloc(64), 0xfffffffe), INVALID_PARAMETER],
    ['a data PDU one byte longer than announced', rawPdu(4, Buffer.alloc(64), 131_073), INVALID_PARAMETER],
    ['a data value longer than its PDU', rawPdu(4, Buffer.from('ffffffff0103', 'hex')), INVALID_PARAMETER],
    ['a data value without a header', rawPdu(4, Buffer.from('000000000103', 'hex')), INVALID_PARAMETER],
    ['a context that was never asked for', dataPdu(3, 'command', storeCommand(smallInstance())), INVALID_PARAMETER],
    ['a data set without a command', dataPdu(1, 'data', Buffer.alloc(8)), UNEXPECTED_PARAMETER],
    ['a command of random bytes', dataPdu(1, 'command', Buffer.alloc(64, 0xee)), INVALID_PARAMETER],
    ['a command without end', dataPdu(1, 'command', Buffer.alloc(100_000), false), INVALID_PARAMETER],
  ])('%s within an association is answered with A-ABORT', async (_, bytes, reason) => {
    const peer = await associated();
    peer.send(bytes);
    expect(await peer.next()).toEqual(abortFor(reason));
    expect(await peer.next()).toBeUndefined();
  });

  it('refuses AE titles with the reasons of PS3.8 section 9.3.4', async () => {
    const rejection = async (titles: { calling?: string; called?: string }) =>
      (await (await connect()).associate({ contexts: [context], ...titles }))?.body;
    expect(await rejection({ calling: 'STRANGER' })).toEqual(Buffer.from([0, 1, 1, 3]));
    expect(await rejection({ calling: "X' OR '1'='1" })).toEqual(Buffer.from([0, 1, 1, 3]));
    expect(await rejection({ called: 'H002GW' })).toEqual(Buffer.from([0, 1, 1, 7]));
  });

  it('refuses other services context by context, and goes on with the rest', async () => {
    const peer = await connect();
    const find = { id: 1, abstractSyntax: '1.2.840.10008.5.1.4.31', transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] };
    const nothing = { id: 5, abstractSyntax: CT_IMAGE_STORAGE, transferSyntaxes: [] };
    const answer = await peer.associate({ contexts: [find, { ...context, id: 3 }, nothing] });
    const body = answer?.body ?? Buffer.alloc(0);
    const results = [...body.toString('latin1').matchAll(/\x21\0..(.)\0(.)\0/gs)].map((found) => [
      found[1]?.charCodeAt(0),
      found[2]?.charCodeAt(0),
    ]);
    expect(results).toEqual([
      [1, 3],
      [3, 0],
      [5, 4],
    ]);
    const instance = smallInstance();
    expect(await peer.store(3, instance, instance.dataSet)).toBe(0);
    peer.send(dataPdu(1, 'command', storeCommand(instance)));
    expect(await peer.next()).toEqual(abortFor(INVALID_PARAMETER));
  });

  it.each<
    [what: string, status: number, of: SmallInstanceOptions, command: { sopInstanceUid?: string; sopClassUid?: string }]
  >([
    ['lacks its Study Instance UID', 0xa900, { overrides: { 2097165: undefined } }, {}],
    ['lacks its Series Instance UID', 0xa900, { overrides: { 2097166: undefined } }, {}],
    ['lacks its SOP Instance UID', 0xa900, { overrides: { 524312: undefined } }, {}],
    ['has an empty Study Instance UID', 0xa900, { overrides: { 2097165: '' } }, {}],
    ['has a Study Instance UID that is a path', 0xa900, { overrides: { 2097165: '../../etc/passwd' } }, {}],
    ['has a Series Instance UID that is SQL', 0xa900, { overrides: { 2097166: "1';DROP TABLE x;--" } }, {}],
    ['has a Study Instance UID of 66 characters', 0xa900, { overrides: { 2097165: `1.${'2'.repeat(64)}` } }, {}],
    ['has another SOP Instance UID than its command', 0xa900, {}, { sopInstanceUid: '1.2.3' }],
    ['has another SOP Class UID than its command', 0xa900, {}, { sopClassUid: CT_IMAGE_STORAGE }],
  ])('a data set that %s is refused with its status', async (_, status, of, command) => {
    const instance = smallInstance(of);
    const peer = await associated();
    expect(await peer.store(1, { ...instance, ...command }, instance.dataSet)).toBe(status);
    const next = smallInstance();
    expect(await peer.store(1, next, next.dataSet)).toBe(0);
    await expectNothingOf(instance.studyInstanceUid);
  });

  it('a data set that ends within an element is refused, and the association goes on', async () => {
    const instance = smallInstance();
    const peer = await associated();
    expect(await peer.store(1, instance, instance.dataSet.subarray(0, -1))).toBe(0xc000);
    expect(await peer.store(1, instance, Buffer.alloc(0))).not.toBe(0);
    expect(await peer.store(1, instance, Buffer.concat([Buffer.from('GIF89a'), randomBytes(200)]))).toBe(0xc000);
    await expectNothingOf(instance.studyInstanceUid);
  });

  it('a store without a data set is refused', async () => {
    const peer = await associated();
    peer.send(dataPdu(1, 'command', storeCommand({ ...smallInstance(), hasDataSet: false })));
    expect(await peer.status()).toBe(0xa900);
  });

  it.each<[what: string, end: (peer: RawPeer) => void]>([
    ['the connection drops', (peer) => peer.close()],
    ['the peer aborts', (peer) => peer.send(rawPdu(7, Buffer.from([0, 0, 0, 0])))],
    ['the peer asks for release', (peer) => peer.send(rawPdu(5, Buffer.alloc(4)))],
    ['the peer sends nonsense', (peer) => peer.send(randomBytes(1000).fill(0xee, 0, 6))],
  ])('nothing of an instance is kept when %s in its middle', async (_, end) => {
    const series = ctSeries(2);
    const [whole, half] = series.slices;
    if (whole === undefined || half === undefined) throw new Error('There are two slices');
    const peer = await associated({ contexts: [{ ...context, abstractSyntax: CT_IMAGE_STORAGE }] });
    const of = (slice: typeof whole) => ({ sopClassUid: CT_IMAGE_STORAGE, sopInstanceUid: slice.sopInstanceUid });
    expect(await peer.store(1, of(whole), whole.dataSet)).toBe(0);
    peer.send(dataPdu(1, 'command', storeCommand(of(half))));
    for (let at = 0; at < half.dataSet.length / 2; at += 16_000) {
      peer.send(dataPdu(1, 'data', half.dataSet.subarray(at, at + 16_000), false));
    }
    end(peer);
    const ofSeries = async () =>
      (await gateway.province.instances()).filter(
        ({ manifest }) => manifest.seriesInstanceUid === series.seriesInstanceUid,
      );
    await eventually('the whole slice is at the registry', async () => (await ofSeries()).length === 1);
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
    expect((await ofSeries()).map(({ entry }) => entry.sopInstanceUid)).toEqual([whole.sopInstanceUid]);
    await eventually('one instance was told', async () =>
      (await gateway.events()).some(
        ({ type, data }) =>
          type === 'study.received.v2' && data.studyInstanceUid === series.studyInstanceUid && data.instances === 1,
      ),
    );
  });

  it.each([1, 7, 64, 0])('responses fit a peer that reads PDUs of %d bytes', async (maximumLength) => {
    const instance = smallInstance();
    const peer = await associated({ contexts: [context], ...{ maximumLength } });
    expect(await peer.store(1, instance, instance.dataSet)).toBe(0);
    peer.send(rawPdu(5, Buffer.alloc(4)));
    expect((await peer.next())?.type).toBe(PDU_TYPE.releaseReply);
  });

  it('takes data sets cut into PDUs of a few bytes', async () => {
    const instance = smallInstance();
    const peer = await associated();
    const command = storeCommand(instance);
    for (let at = 0; at < command.length; at += 3) {
      peer.send(dataPdu(1, 'command', command.subarray(at, at + 3), at + 3 >= command.length));
    }
    for (let at = 0; at < instance.dataSet.length; at += 5) {
      peer.send(dataPdu(1, 'data', instance.dataSet.subarray(at, at + 5), false));
    }
    peer.send(dataPdu(1, 'data', Buffer.alloc(0)));
    expect(await peer.status()).toBe(0);
  });
});
