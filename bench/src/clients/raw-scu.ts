import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CT_IMAGE_STORAGE, type CtSlice, EXPLICIT_LITTLE_ENDIAN, element, uint16 } from '@yinglian/testing';
import type { DicomAddress } from '../figure.js';

const ASSOCIATE_AC = 0x02;
const P_DATA = 0x04;
const RELEASE_RP = 0x06;

/**
 * A C-STORE client that never waits for itself: TCP_NODELAY, one write per instance, prepared PDUs. It measures the
 * server, where a stock client measures its own Nagle delay (PS3.8 section 9.3, PS3.7 section 9.3.1).
 * @returns for each instance, how many milliseconds passed from its first byte to its response
 */
export async function sendRaw(
  address: DicomAddress,
  slices: readonly CtSlice[],
  associations: number,
): Promise<number[]> {
  const share = Math.ceil(slices.length / associations);
  const waits = await Promise.all(
    Array.from({ length: associations }, (_, index) =>
      sendAssociation(address, slices.slice(index * share, (index + 1) * share)),
    ),
  );
  return waits.flat();
}

async function sendAssociation(address: DicomAddress, slices: readonly CtSlice[]): Promise<number[]> {
  const socket = connect({ host: address.host, port: address.port, noDelay: true });
  await once(socket, 'connect');
  const pdus = new PduReader(socket);
  socket.write(associateRequest(address.calledAeTitle));
  const accepted = await pdus.next();
  if (accepted.type !== ASSOCIATE_AC) throw new Error(`The association was not accepted (PDU ${accepted.type})`);
  const longest = maximumLengthOf(accepted.body);
  const waits: number[] = [];
  for (const [index, slice] of slices.entries()) {
    const startedAt = performance.now();
    socket.cork();
    for (const part of storeRequest(slice, index + 1, longest)) socket.write(part);
    socket.uncork();
    const response = await pdus.next();
    if (response.type !== P_DATA || statusOf(response.body) !== 0) throw new Error('An instance was not stored');
    waits.push(performance.now() - startedAt);
  }
  socket.write(Buffer.from([0x05, 0, 0, 0, 0, 4, 0, 0, 0, 0]));
  if ((await pdus.next()).type !== RELEASE_RP) throw new Error('The association was not released');
  socket.end();
  return waits;
}

function item(type: number, body: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0, 0]);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
}

function associateRequest(calledAeTitle: string): Buffer {
  const fixed = Buffer.alloc(68);
  fixed.writeUInt16BE(1, 0);
  fixed.write(calledAeTitle.padEnd(16), 4, 'latin1');
  fixed.write('STORESCU'.padEnd(16), 20, 'latin1');
  const longest = Buffer.alloc(4);
  longest.writeUInt32BE(131_072);
  const body = Buffer.concat([
    fixed,
    item(0x10, Buffer.from('1.2.840.10008.3.1.1.1')),
    item(
      0x20,
      Buffer.concat([
        Buffer.from([1, 0, 0, 0]),
        item(0x30, Buffer.from(CT_IMAGE_STORAGE)),
        item(0x40, Buffer.from(EXPLICIT_LITTLE_ENDIAN)),
      ]),
    ),
    item(0x50, Buffer.concat([item(0x51, longest), item(0x52, Buffer.from('1.2.826.0.1.3680043.10.1561.1'))])),
  ]);
  return pdu(0x01, body);
}

function pdu(type: number, body: Buffer): Buffer {
  return Buffer.concat([pduHead(type, body.length), body]);
}

function pduHead(type: number, length: number): Buffer {
  const head = Buffer.from([type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(length, 2);
  return head;
}

/** C-STORE-RQ and its data set as P-DATA-TF PDUs of at most `longest` bytes. */
function* storeRequest(slice: CtSlice, messageId: number, longest: number): Generator<Buffer> {
  const command = implicit([
    element(0x00000002, 'UI', CT_IMAGE_STORAGE),
    element(0x00000100, 'US', uint16(0x0001)),
    element(0x00000110, 'US', uint16(messageId)),
    element(0x00000700, 'US', uint16(0)),
    element(0x00000800, 'US', uint16(0x0000)),
    element(0x00001000, 'UI', slice.sopInstanceUid),
  ]);
  yield* fragment(command, 0x03, 0x01, longest);
  yield* fragment(slice.dataSet, 0x02, 0x00, longest);
}

/** Command sets are implicit VR little endian (PS3.7 section 6.3.1) and begin with their length. */
function implicit(elements: readonly Buffer[]): Buffer {
  const body = Buffer.concat(
    elements.map((explicit) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(explicit.length - 8);
      return Buffer.concat([explicit.subarray(0, 4), length, explicit.subarray(8)]);
    }),
  );
  const group = Buffer.alloc(12);
  group.writeUInt32LE(4, 4);
  group.writeUInt32LE(body.length, 8);
  return Buffer.concat([group, body]);
}

function* fragment(bytes: Buffer, last: number, more: number, longest: number): Generator<Buffer> {
  const room = longest - 6;
  for (let at = 0; at < bytes.length; at += room) {
    const part = bytes.subarray(at, at + room);
    const head = Buffer.concat([pduHead(0x04, part.length + 6), Buffer.alloc(6)]);
    head.writeUInt32BE(part.length + 2, 6);
    head[10] = 1;
    head[11] = at + room >= bytes.length ? last : more;
    yield head;
    yield part;
  }
}

function maximumLengthOf(acceptance: Buffer): number {
  for (let at = 68; at + 4 <= acceptance.length; ) {
    const type = acceptance[at];
    if (type === 0x51) return acceptance.readUInt32BE(at + 4) || 131_072;
    at += type === 0x50 ? 4 : 4 + acceptance.readUInt16BE(at + 2);
  }
  return 16_384;
}

/** Status (0000,0900) of a response command set. */
function statusOf(body: Buffer): number {
  for (let at = 6; at + 8 <= body.length; ) {
    const length = body.readUInt32LE(at + 4);
    if (body.readUInt16LE(at) === 0 && body.readUInt16LE(at + 2) === 0x0900) return body.readUInt16LE(at + 8);
    at += 8 + length;
  }
  return -1;
}

/** Whole PDUs off a socket, in order. */
class PduReader {
  private waiting: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(socket: Socket) {
    this.chunks = socket[Symbol.asyncIterator]();
  }

  async next(): Promise<{ type: number; body: Buffer }> {
    while (this.waiting.length < 6 || this.waiting.length < 6 + this.waiting.readUInt32BE(2)) {
      const chunk = await this.chunks.next();
      if (chunk.done) throw new Error('The peer closed the connection');
      this.waiting = Buffer.concat([this.waiting, chunk.value]);
    }
    const length = this.waiting.readUInt32BE(2);
    const found = { type: this.waiting[0] ?? 0, body: this.waiting.subarray(6, 6 + length) };
    this.waiting = this.waiting.subarray(6 + length);
    return found;
  }
}
