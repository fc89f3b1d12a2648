import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** What a line does to what passes. */
export type LineTrouble =
  /** Connections are reset and new ones are, too. */
  | { readonly kind: 'cut' }
  /** Every connection is reset after so many bytes in one direction, in the middle of whatever it carries. */
  | { readonly kind: 'breaking'; readonly afterBytes: number }
  /** Of each connection and direction: every piece waits so long, and as its length asks for. */
  | { readonly kind: 'slow'; readonly latencyMs: number; readonly bytesPerSecond: number }
  /** Connections are taken, nothing passes and nobody is told; what was sent passes afterwards, as TCP sees to. */
  | { readonly kind: 'black hole' };

/** A TCP line to a port of this machine, on which things go wrong as they are told to. It reads nothing of what passes. */
export class FaultyLine {
  private readonly sockets = new Set<Socket>();
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private trouble: LineTrouble | undefined;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(target: number): Promise<FaultyLine> {
    const server = createServer({ noDelay: true, allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const line = new FaultyLine(server, typeof address === 'object' && address !== null ? address.port : 0);
    server.on('connection', (near) => line.connected(near, target));
    return line;
  }

  /** From now on, also for connections that are open; `undefined` is a line that works. */
  become(trouble: LineTrouble | undefined): void {
    this.trouble = trouble;
    if (trouble?.kind === 'cut') this.resetAll();
    this.changes.emit('change');
  }

  async stop(): Promise<void> {
    this.become({ kind: 'cut' });
    await new Promise((closed) => this.server.close(closed));
  }

  private connected(near: Socket, target: number): void {
    if (this.trouble?.kind === 'cut') return void near.resetAndDestroy();
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    for (const socket of [near, far]) {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      socket.on('error', () => undefined);
    }
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      // One end breaks: the other one hears of it.
      pipeline(from, (pieces) => this.passing(pieces), to).catch(() => {
        near.resetAndDestroy();
        far.resetAndDestroy();
      });
    }
  }

  private async *passing(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let passedBytes = 0;
    for await (const piece of pieces) {
      await this.passage(piece.length);
      const { trouble } = this;
      const leftBytes = trouble?.kind === 'breaking' ? trouble.afterBytes - passedBytes : piece.length;
      if (leftBytes < piece.length) {
        if (leftBytes > 0) yield piece.subarray(0, leftBytes);
        throw new Error('The line breaks');
      }
      passedBytes += piece.length;
      yield piece;
    }
    await this.passage(0);
  }

  private async passage(bytes: number): Promise<void> {
    while (this.trouble?.kind === 'black hole') await once(this.changes, 'change');
    if (this.trouble?.kind !== 'slow') return;
    const { latencyMs, bytesPerSecond } = this.trouble;
    await pause(latencyMs + (bytes / bytesPerSecond) * 1000);
  }

  private resetAll(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }
}
