import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  dataPdu,
  EXPLICIT_LITTLE_ENDIAN,
  PDU_TYPE,
  RawPeer,
  rawPdu,
  smallInstance,
  storeCommand,
} from '@yinglian/testing';
import { eventually, TestGateway } from '../testing/test-gateway.js';

const context = { id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.7', transferSyntaxes: [EXPLICIT_LITTLE_ENDIAN] };
const asking = { contexts: [context] };
const ABORT = { type: PDU_TYPE.abort, body: Buffer.from([0, 0, 2, 0]) };

describe('peers that fall silent, and peers that are too many', () => {
  let gateway: TestGateway;
  const peers: RawPeer[] = [];
  const connect = async () => {
    const peer = await RawPeer.connect(gateway.dicomPort);
    peers.push(peer);
    return peer;
  };

  beforeAll(async () => {
    gateway = await TestGateway.start({ ARTIM_MS: '1000', ASSOCIATION_IDLE_MS: '1000', MAX_ASSOCIATIONS: '2' });
  });
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.close();
  });
  afterAll(() => gateway.stop());

  it('a connection without a request is closed', async () => {
    const peer = await connect();
    expect(await peer.next()).toBeUndefined();
  });

  it('a connection with a request that never ends is closed', async () => {
    const peer = await connect();
    peer.send(rawPdu(1, Buffer.alloc(100), 200));
    expect(await peer.next()).toBeUndefined();
  });

  it('an association in which nothing is said is aborted', async () => {
    const peer = await connect();
    expect((await peer.associate(asking))?.type).toBe(PDU_TYPE.accept);
    expect(await peer.next()).toEqual(ABORT);
  });

  it('a peer that vanishes in the middle of an instance is given up, and its place is free again', async () => {
    for (let time = 0; time < 3; time += 1) {
      const peer = await connect();
      expect((await peer.associate(asking))?.type).toBe(PDU_TYPE.accept);
      const instance = smallInstance();
      peer.send(dataPdu(1, 'command', storeCommand(instance)));
      peer.send(dataPdu(1, 'data', instance.dataSet.subarray(0, 100), false));
      expect(await peer.next()).toEqual(ABORT);
      peer.close();
    }
    await eventually('the spool is free', async () => (await gateway.segments()).length === 0);
  });

  it.each<[what: string, isAssociated: boolean, pdu: Buffer, answer: unknown]>([
    ['a request', false, rawPdu(1, Buffer.alloc(4_000)), undefined],
    ['a data set', true, dataPdu(1, 'command', storeCommand(smallInstance())), ABORT],
  ])(
    'a peer from which %s comes byte by byte, never silent and never done, is given up',
    async (_, isAssociated, pdu, answer) => {
      const peer = await connect();
      if (isAssociated) expect((await peer.associate(asking))?.type).toBe(PDU_TYPE.accept);
      let at = 0;
      const trickle = setInterval(() => peer.socket.write(pdu.subarray(at, ++at)), 50);
      expect(await peer.next()).toEqual(answer);
      clearInterval(trickle);
      expect(at).toBeLessThan(pdu.length);
    },
  );

  it('a peer that does not read its responses is given up', async () => {
    const peer = await connect();
    expect((await peer.associate({ contexts: [{ ...context, abstractSyntax: '1.2.840.10008.1.1' }] }))?.type).toBe(
      PDU_TYPE.accept,
    );
    peer.socket.pause();
    let isClosed = false;
    peer.socket.once('close', () => {
      isClosed = true;
    });
    const echo = Buffer.concat(Array.from({ length: 500 }, () => dataPdu(1, 'command', echoCommand())));
    await eventually('the connection has ended', async () => {
      if (peer.socket.writableLength < 1_000_000) peer.send(echo);
      return isClosed;
    });
  });

  it('one association too many is refused for the time being, and taken when another has ended', async () => {
    const [first, second, third] = [await connect(), await connect(), await connect()];
    expect((await first.associate(asking))?.type).toBe(PDU_TYPE.accept);
    expect((await second.associate(asking))?.type).toBe(PDU_TYPE.accept);
    expect(await third.associate(asking)).toEqual({ type: PDU_TYPE.reject, body: Buffer.from([0, 2, 3, 2]) });
    first.close();
    await eventually('there is room again', async () => {
      const peer = await connect();
      return (await peer.associate(asking))?.type === PDU_TYPE.accept;
    });
  });
});

/** C-ECHO-RQ (PS3.7 section 9.3.5). */
function echoCommand(): Buffer {
  const command = storeCommand({ sopClassUid: '1.2.840.10008.1.1', sopInstanceUid: '', hasDataSet: false });
  command.writeUInt16LE(0x0030, command.indexOf(Buffer.from([0x00, 0x00, 0x00, 0x01, 2, 0, 0, 0])) + 8);
  return command;
}
