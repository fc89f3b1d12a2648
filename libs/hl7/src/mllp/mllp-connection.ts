import type { Socket } from 'node:net';
import { FrameReader, frameOf } from './frame-reader.js';
import type { MllpOptions, MllpPeer, MllpTrouble, ReceiveFrame } from './mllp-options.js';
import { peerOf } from './mllp-peer.js';

/** Messages of one sender that wait for their answers; at the bound its connection is not read. */
const FRAMES_IN_FLIGHT = 64;
const BYTES_IN_FLIGHT = 4 * 1024 * 1024;
/** Answers that a sender does not read; beyond it is given up. */
const UNREAD_ANSWER_BYTES = 1024 * 1024;

/** Messages with an embedded document are few at a time; those that are still arriving hold memory. */
const LONG_FRAME_BYTES = 1024 * 1024;
const LONG_FRAMES = 4;

/** One sender: reads frames and answers them in their order; what is said further of them comes when it is known. */
export class MllpConnection {
  private readonly reader: FrameReader;
  private readonly peer: MllpPeer;
  private answers: Promise<void> = Promise.resolve();
  private readonly furthers = new Set<Promise<void>>();
  private frames = 0;
  private bytes = 0;
  private hasEnded = false;
  private frameTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly receive: ReceiveFrame,
    private readonly options: MllpOptions,
    /** Connections of the same server on which a long message is arriving. */
    private readonly long: Set<MllpConnection>,
  ) {
    this.reader = new FrameReader(options.maximumBytes);
    this.peer = peerOf(socket);
    socket.setNoDelay(true);
    socket.setTimeout(options.idleTimeoutMs, () => this.giveUp('silent'));
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('end', () => this.end());
    socket.on('error', () => options.onTrouble('connection'));
    socket.on('close', () => {
      clearTimeout(this.frameTimer);
      long.delete(this);
    });
  }

  /** Reads no more; resolves when all that was read is answered. */
  async finish(): Promise<void> {
    this.socket.pause();
    this.end();
    await this.allSent();
  }

  private take(chunk: Buffer): void {
    if (this.hasEnded) return;
    const stray = this.reader.stray;
    for (const frame of this.reader.read(chunk)) this.answer(frame);
    if (this.reader.stray > stray) this.options.onTrouble('strayBytes');
    this.watchFrame();
    this.watchLength();
    if (this.isBusy) this.socket.pause();
  }

  private answer(frame: { bytes: Buffer; tooLong: boolean }): void {
    this.frames += 1;
    this.bytes += frame.bytes.length;
    const received = this.receive(frame, this.peer);
    this.answers = this.answers.then(async () => {
      const { answer, further } = await received;
      this.frames -= 1;
      this.bytes -= frame.bytes.length;
      if (further !== undefined) this.expect(further);
      this.send(answer);
    });
  }

  private expect(further: Promise<Buffer | undefined>): void {
    const sent = further.then((message) => {
      this.furthers.delete(sent);
      this.send(message);
    });
    this.furthers.add(sent);
  }

  private send(message: Buffer | undefined): void {
    if (message !== undefined && this.socket.writable) this.socket.write(frameOf(message));
    if (this.socket.writableLength > UNREAD_ANSWER_BYTES) this.giveUp('doesNotRead');
    if (!this.isBusy && !this.hasEnded) this.socket.resume();
  }

  private get isBusy(): boolean {
    return this.frames + this.furthers.size >= FRAMES_IN_FLIGHT || this.bytes >= BYTES_IN_FLIGHT;
  }

  /** A sender that begins a message ends it, or it holds memory for nothing. */
  private watchFrame(): void {
    if (!this.reader.isWithinFrame) {
      clearTimeout(this.frameTimer);
      this.frameTimer = undefined;
    } else this.frameTimer ??= setTimeout(() => this.giveUp('frameTooSlow'), this.options.frameTimeoutMs).unref();
  }

  /** One too many is told nothing, so its sender sends it again. */
  private watchLength(): void {
    if (this.reader.pendingBytes < LONG_FRAME_BYTES) this.long.delete(this);
    else if (this.long.size < LONG_FRAMES) this.long.add(this);
    else if (!this.long.has(this)) this.giveUp('tooManyLongFrames');
  }

  private giveUp(trouble: MllpTrouble): void {
    this.options.onTrouble(trouble);
    this.hasEnded = true;
    this.socket.destroy();
  }

  private end(): void {
    this.hasEnded = true;
    void this.allSent().then(() => this.socket.end());
  }

  private async allSent(): Promise<void> {
    await this.answers;
    await Promise.all(this.furthers);
  }
}
