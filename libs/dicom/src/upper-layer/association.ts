import { once } from 'node:events';
import type { Socket } from 'node:net';
import { parseAssociateRequest } from './associate-request.js';
import { encodeResponse } from './command-set.js';
import { MessageReceiver } from './message-receiver.js';
import { ABORT, type AbortReason, type Rejection, UpperLayerError } from './pdu.js';
import { PduDecoder, type PduEvent } from './pdu-decoder.js';
import {
  APPLICATION_CONTEXT,
  encodeAbort,
  encodeAccept,
  encodeCommand,
  encodeReject,
  encodeReleaseReply,
  type Implementation,
} from './pdu-encoder.js';
import { negotiate } from './presentation-contexts.js';
import type { StorageAssociation, StorageProvider } from './storage-provider.js';

export interface AssociationOptions {
  /** Longest P-DATA-TF body that is read, announced to the peer. */
  readonly maximumLength: number;
  /** How long a peer may take for its request, and for closing the connection in the end (ARTIM). */
  readonly artimTimeoutMs: number;
  /** How long a peer may be silent in an association. */
  readonly idleTimeoutMs: number;
  readonly implementation: Implementation;
}

/**
 * The acceptor's side of one connection (PS3.8 section 9.2): states Sta2 (awaiting a request), Sta6 (established) and Sta13
 * (awaiting the end of the connection). Data goes from the socket's own buffers to the storage provider; while that is
 * behind, the socket is not read.
 */
export class Association {
  private readonly decoder: PduDecoder;
  private readonly chunks: Buffer[] = [];
  private state: 'awaiting-request' | 'established' | 'closing' = 'awaiting-request';
  private isWorking = false;
  private isClosed = false;
  /** A response was written that the peer does not read. */
  private isUnread = false;
  private artim: NodeJS.Timeout | undefined;
  private storage: StorageAssociation | undefined;
  private receiver: MessageReceiver | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly provider: StorageProvider,
    private readonly options: AssociationOptions,
  ) {
    this.decoder = new PduDecoder(options.maximumLength);
    // A response waits for nothing: DCMTK's Nagle delay would otherwise meet the peer's delayed ACK.
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.close());
    socket.on('timeout', () => this.endureSilence());
    this.startArtim(() => socket.destroy());
  }

  /** Ends the association from this side. */
  abort(reason: AbortReason): void {
    if (this.state === 'closing') return;
    this.endWith(encodeAbort(reason));
  }

  /** The peer may be silent while it waits for this side, and then only. */
  private endureSilence(): void {
    if (this.isWorking && !this.isUnread) this.socket.setTimeout(this.options.idleTimeoutMs);
    else this.abort(ABORT.notSpecified);
  }

  private receive(chunk: Buffer): void {
    if (this.state === 'closing') return;
    this.chunks.push(chunk);
    if (!this.isWorking) void this.work();
  }

  /** Without anything to wait for this runs to its end at once. */
  private async work(): Promise<void> {
    this.isWorking = true;
    try {
      for (let chunk = this.chunks.shift(); chunk !== undefined; chunk = this.chunks.shift()) {
        for (const event of this.decoder.decode(chunk)) {
          const wait = this.handle(event);
          if (wait !== undefined) {
            this.socket.pause();
            await wait;
          }
          if (this.isClosed || this.state === 'closing') return;
        }
      }
    } catch (error) {
      this.abort(error instanceof UpperLayerError ? error.reason : ABORT.notSpecified);
    } finally {
      this.isWorking = false;
      this.socket.resume();
      if (this.isClosed) this.release();
    }
  }

  private handle(event: PduEvent): Promise<void> | undefined {
    if (event.kind === 'abort') {
      this.state = 'closing';
      this.socket.destroy();
      return undefined;
    }
    if (event.kind === 'associate-request') return this.associate(event.body);
    const { receiver } = this;
    if (receiver === undefined) throw new UpperLayerError(ABORT.unexpectedPdu, 'There is no association yet');
    if (event.kind === 'data') return receiver.receive(event);
    if (!receiver.isBetweenMessages) throw new UpperLayerError(ABORT.unexpectedPdu, 'A message was not finished');
    this.endWith(encodeReleaseReply());
    return undefined;
  }

  private associate(body: Buffer): undefined {
    if (this.state !== 'awaiting-request') {
      throw new UpperLayerError(ABORT.unexpectedPdu, 'There is an association already');
    }
    const request = parseAssociateRequest(body);
    if ((request.protocolVersion & 1) === 0) return this.reject('protocolVersionUnknown');
    if (request.applicationContext !== APPLICATION_CONTEXT) return this.reject('applicationContextUnknown');
    const storage = this.provider.admit(request);
    if (typeof storage === 'string') return this.reject(storage);
    const contexts = request.presentationContexts.map(negotiate);
    this.storage = storage;
    this.receiver = new MessageReceiver(contexts, storage, (contextId, command, { status, comment }) =>
      this.write(encodeCommand(contextId, encodeResponse(command, status, comment), request.maximumLength)),
    );
    this.state = 'established';
    clearTimeout(this.artim);
    this.socket.setTimeout(this.options.idleTimeoutMs);
    this.socket.write(encodeAccept(request, contexts, this.options.maximumLength, this.options.implementation));
    return undefined;
  }

  private reject(rejection: Rejection): undefined {
    this.endWith(encodeReject(rejection));
  }

  private write(bytes: Buffer): Promise<void> | undefined {
    if (this.isClosed || this.socket.destroyed || this.socket.write(bytes)) return undefined;
    this.isUnread = true;
    const read = () => {
      this.isUnread = false;
    };
    return Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]).then(read, read);
  }

  /** The last PDU of this side; the peer is to close the connection now. */
  private endWith(pdu: Buffer): void {
    this.state = 'closing';
    this.chunks.length = 0;
    this.socket.setTimeout(0);
    this.startArtim(() => this.socket.destroy());
    this.socket.end(pdu);
    this.socket.resume();
  }

  private startArtim(expired: () => void): void {
    clearTimeout(this.artim);
    this.artim = setTimeout(expired, this.options.artimTimeoutMs);
  }

  private close(): void {
    this.isClosed = true;
    this.chunks.length = 0;
    clearTimeout(this.artim);
    if (!this.isWorking) this.release();
  }

  private release(): void {
    const { receiver, storage } = this;
    this.receiver = undefined;
    this.storage = undefined;
    if (storage === undefined) return;
    void (receiver?.abandon() ?? Promise.resolve()).finally(() => storage.closed());
  }
}
