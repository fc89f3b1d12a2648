import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

export interface RawPdu {
  readonly type: number;
  readonly body: Buffer;
}

export const PDU_TYPE = { accept: 2, reject: 3, data: 4, releaseReply: 6, abort: 7 } as const;

/** A PDU of any type and stated length (PS3.8 section 9.3). */
export function rawPdu(type: number, body: Buffer, statedLength = body.length): Buffer {
  const head = Buffer.from([type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(statedLength, 2);
  return Buffer.concat([head, body]);
}

export interface Asking {
  readonly calling?: string;
  readonly called?: string;
  readonly contexts: readonly RawContext[];
  /** Longest P-DATA-TF body that this peer says it reads. */
  readonly maximumLength?: number;
}

/** A-ASSOCIATE-RQ (PS3.8 section 9.3.2). */
export function associateRequest({
  calling = 'STORESCU',
  called = 'H001GW',
  contexts,
  maximumLength = 16_384,
}: Asking) {
  const fixed = Buffer.alloc(68);
  fixed.writeUInt16BE(1, 0);
  fixed.write(called.padEnd(16), 4, 'latin1');
  fixed.write(calling.padEnd(16), 20, 'latin1');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(maximumLength);
  return rawPdu(
    1,
    Buffer.concat([
      fixed,
      item(0x10, Buffer.from('1.2.840.10008.3.1.1.1')),
      ...contexts.map(({ id, abstractSyntax, transferSyntaxes }) =>
        item(
          0x20,
          Buffer.concat([
            Buffer.from([id, 0, 0, 0]),
            item(0x30, Buffer.from(abstractSyntax)),
            ...transferSyntaxes.map((uid) => item(0x40, Buffer.from(uid))),
          ]),
        ),
      ),
      item(0x50, Buffer.concat([item(0x51, length), item(0x52, Buffer.from('1.2.3.4'))])),
    ]),
  );
}

function item(type: number, value: Buffer): Buffer {
  const head = Buffer.from([type, 0, 0, 0]);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
}

/** One presentation data value in a P-DATA-TF of its own (PS3.8 section 9.3.5). */
export function dataPdu(contextId: number, kind: 'command' | 'data', bytes: Buffer, isLast = true): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32BE(bytes.length + 2);
  head[4] = contextId;
  head[5] = (kind === 'command' ? 1 : 0) + (isLast ? 2 : 0);
  return rawPdu(PDU_TYPE.data, Buffer.concat([head, bytes]));
}

export interface RawStore {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly messageId?: number;
  /** Priority (0000,0700): 0 medium, 1 high, 2 low. */
  readonly priority?: number;
  readonly hasDataSet?: boolean;
}

/** The command set of C-STORE-RQ (PS3.7 section 9.3.1), implicit VR little endian. */
export function storeCommand({
  sopClassUid,
  sopInstanceUid,
  messageId = 1,
  priority = 0,
  hasDataSet = true,
}: RawStore): Buffer {
  const elements = Buffer.concat([
    commandElement(0x0002, text(sopClassUid)),
    commandElement(0x0100, uint16(0x0001)),
    commandElement(0x0110, uint16(messageId)),
    commandElement(0x0700, uint16(priority)),
    commandElement(0x0800, uint16(hasDataSet ? 0x0000 : 0x0101)),
    commandElement(0x1000, text(sopInstanceUid)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(elements.length);
  return Buffer.concat([commandElement(0x0000, length), elements]);
}

function commandElement(element: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(element, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
}

const text = (value: string) => Buffer.from(value.length % 2 === 0 ? value : `${value}\0`, 'latin1');

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

/** A DICOM peer that sends whatever it is told, also what no program would send, and reads PDUs. */
export class RawPeer {
  private held: Buffer = Buffer.alloc(0);
  private readonly read: RawPdu[] = [];
  private wake: () => void = () => undefined;
  private isClosed = false;

  private constructor(readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.take(bytes));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
  }

  static async connect(port: number): Promise<RawPeer> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawPeer(socket);
  }

  /** Asks for an association and reads the answer. */
  async associate(asking: Asking): Promise<RawPdu | undefined> {
    this.send(associateRequest(asking));
    return this.next();
  }

  send(...pdus: readonly Buffer[]): void {
    for (const pdu of pdus) this.socket.write(pdu);
  }

  /** The next PDU, or undefined when the other side has closed the connection. */
  async next(): Promise<RawPdu | undefined> {
    while (this.read.length === 0 && !this.isClosed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.read.shift();
  }

  /** Stores one instance and resolves with the status that came back, or undefined when it was not a response. */
  async store(contextId: number, store: RawStore, dataSet: Buffer): Promise<number | undefined> {
    this.send(dataPdu(contextId, 'command', storeCommand(store)));
    const step = 16_000;
    for (let at = 0; at === 0 || at < dataSet.length; at += step) {
      this.send(dataPdu(contextId, 'data', dataSet.subarray(at, at + step), at + step >= dataSet.length));
    }
    return this.status();
  }

  /** The status of the next response, put together from as many PDUs as it takes. */
  async status(): Promise<number | undefined> {
    const pieces: Buffer[] = [];
    for (;;) {
      const pdu = await this.next();
      if (pdu === undefined || pdu.type !== PDU_TYPE.data) return undefined;
      pieces.push(pdu.body.subarray(6));
      if ((pdu.body.readUInt8(5) & 2) !== 0) break;
    }
    return statusOf(Buffer.concat(pieces));
  }

  close(): void {
    this.socket.destroy();
  }

  private take(bytes: Buffer): void {
    this.held = Buffer.concat([this.held, bytes]);
    while (this.held.length >= 6 && this.held.length >= 6 + this.held.readUInt32BE(2)) {
      const end = 6 + this.held.readUInt32BE(2);
      this.read.push({ type: this.held.readUInt8(0), body: this.held.subarray(6, end) });
      this.held = this.held.subarray(end);
    }
    this.wake();
  }
}

function statusOf(command: Buffer): number | undefined {
  for (let at = 0; at < command.length; at += 8 + command.readUInt32LE(at + 4)) {
    if (command.readUInt16LE(at + 2) === 0x0900) return command.readUInt16LE(at + 8);
  }
  return undefined;
}
