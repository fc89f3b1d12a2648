import { once } from 'node:events';
import type { Socket } from 'node:net';
import { acknowledgeAtOnce } from './acknowledge-at-once.js';
import { ABORT, type AbortReason, UpperLayerError } from './pdu.js';
import type { PduDecoder, PduEvent } from './pdu-decoder.js';
import { encodeAbort } from './pdu-encoder.js';

export interface ConnectionTimes {
  /** How long a peer may take for its part in opening and in closing (ARTIM). */
  readonly artimTimeoutMs: number;
  /** How long a peer may be silent in an association, and how long it may take for one PDU. */
  readonly idleTimeoutMs: number;
}

export interface PduHandler {
  /** A promise asks to wait; the socket is not read meanwhile. Throws an UpperLayerError to abort. */
  handle(event: PduEvent): Promise<void> | undefined;
  /** Whether the peer waits for this side beyond what `handle` waits for. */
  isServing?(): boolean;
  /** Called once: the connection has ended, and so has the work that was under way. */
  closed(): void;
}

/**
 * One connection to a peer: PDUs in both directions, how long anything may take, and its end. Data goes from the socket's own
 * buffers to the handler; while that is behind, the socket is not read.
 */
export class PduConnection {
  private readonly chunks: Buffer[] = [];
  private isClosing = false;
  private isWorking = false;
  private isClosed = false;
  /** Something was written that the peer does not read. */
  private isUnread = false;
  private artim: NodeJS.Timeout | undefined;
  private pdusSeen = 0;
  private pduSince = 0;

  constructor(
    private readonly socket: Socket,
    private readonly decoder: PduDecoder,
    private readonly handler: PduHandler,
    private readonly times: ConnectionTimes,
  ) {
    // A response waits for nothing: DCMTK's Nagle delay would otherwise meet the peer's delayed ACK.
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.close());
    socket.on('timeout', () => this.endureSilence());
    this.startArtim();
  }

  /** The association stands: from now on the peer may take its time, but not be silent. */
  established(): void {
    // It may have been given up while it was decided on.
    if (this.isClosing) return;
    clearTimeout(this.artim);
    this.socket.setTimeout(this.times.idleTimeoutMs);
  }

  /** A promise asks to wait for a slow reader; it does not reject. */
  write(bytes: Buffer): Promise<void> | undefined {
    if (this.isClosing || this.isClosed || this.socket.destroyed || this.socket.write(bytes)) return undefined;
    this.isUnread = true;
    const read = () => {
      this.isUnread = false;
    };
    return Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]).then(read, read);
  }

  /** The last PDU of this side; the peer is to close the connection now. */
  endWith(pdu: Buffer): void {
    this.isClosing = true;
    this.chunks.length = 0;
    this.socket.setTimeout(0);
    this.startArtim();
    this.socket.end(pdu);
    this.socket.resume();
  }

  /** Ends the association from this side. */
  abort(reason: AbortReason): void {
    if (!this.isClosing) this.endWith(encodeAbort(reason));
  }

  /** Nothing more is to be said. */
  destroy(): void {
    this.isClosing = true;
    this.socket.destroy();
  }

  /** The peer may be silent while it waits for this side, and then only. */
  private endureSilence(): void {
    const isAwaited = this.isWorking || (this.handler.isServing?.() ?? false);
    if (isAwaited && !this.isUnread) this.socket.setTimeout(this.times.idleTimeoutMs);
    else this.abort(ABORT.notSpecified);
  }

  private receive(chunk: Buffer): void {
    acknowledgeAtOnce(this.socket);
    if (this.isClosing) return;
    this.chunks.push(chunk);
    if (!this.isWorking) void this.work();
  }

  /** Without anything to wait for this runs to its end at once. */
  private async work(): Promise<void> {
    this.isWorking = true;
    try {
      for (let chunk = this.chunks.shift(); chunk !== undefined; chunk = this.chunks.shift()) {
        for (const event of this.decoder.decode(chunk)) {
          const wait = this.handler.handle(event);
          if (wait !== undefined) {
            this.socket.pause();
            await wait;
            this.pdusSeen = 0;
          }
          if (this.isClosed || this.isClosing) return;
        }
        this.endureTrickle();
      }
    } catch (error) {
      this.abort(error instanceof UpperLayerError ? error.reason : ABORT.notSpecified);
    } finally {
      this.isWorking = false;
      this.socket.resume();
      if (this.isClosed) this.handler.closed();
    }
  }

  /** A PDU that comes byte by byte is never silent; the time that this side took for it does not count. */
  private endureTrickle(): void {
    const now = performance.now();
    if (this.decoder.begun !== this.pdusSeen || !this.decoder.isWithinPdu) {
      this.pdusSeen = this.decoder.begun;
      this.pduSince = now;
    } else if (now - this.pduSince > this.times.idleTimeoutMs) {
      this.abort(ABORT.notSpecified);
    }
  }

  private startArtim(): void {
    clearTimeout(this.artim);
    this.artim = setTimeout(() => this.socket.destroy(), this.times.artimTimeoutMs);
  }

  private close(): void {
    this.isClosed = true;
    this.chunks.length = 0;
    clearTimeout(this.artim);
    if (!this.isWorking) this.handler.closed();
  }
}
