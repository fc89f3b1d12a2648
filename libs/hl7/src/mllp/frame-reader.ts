/** Bytes that frame a message (MLLP release 1); they are part of no character of UTF-8 or GB18030. */
export const START_BLOCK = 0x0b;
export const END_BLOCK = 0x1c;
export const CARRIAGE_RETURN = 0x0d;

/** Of a message that is too long so much is kept that its header can be read. */
const KEPT_OF_TOO_LONG = 4_096;

export interface Frame {
  readonly bytes: Buffer;
  /** Longer than is taken: `bytes` is only its beginning. */
  readonly tooLong: boolean;
}

/**
 * Finds the messages in a stream, however it is cut. A frame ends at its end block: some senders leave out the carriage
 * return after it. What stands between frames, and a frame that another one begins in, is counted and left out; nobody was
 * told that it was received.
 */
export class FrameReader {
  private pieces: Buffer[] = [];
  private inFrame = false;
  private lengthSoFar = 0;
  private strayBytes = 0;

  constructor(private readonly maximumBytes: number) {}

  /** The frames that these bytes complete. */
  read(chunk: Buffer): Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (!this.inFrame) {
        const start = chunk.indexOf(START_BLOCK, at);
        const end = start < 0 ? chunk.length : start;
        this.strayBytes += strayIn(chunk.subarray(at, end));
        if (start < 0) break;
        this.begin();
        at = start + 1;
        continue;
      }
      const end = chunk.indexOf(END_BLOCK, at);
      const content = chunk.subarray(at, end < 0 ? chunk.length : end);
      const again = content.lastIndexOf(START_BLOCK);
      if (again >= 0) {
        this.strayBytes += this.lengthSoFar + again;
        this.begin();
      }
      this.keep(content.subarray(again + 1));
      if (end < 0) break;
      frames.push(this.complete());
      at = end + 1;
    }
    return frames;
  }

  /** Bytes of a message that has not ended. */
  get pendingBytes(): number {
    return this.lengthSoFar;
  }

  get isWithinFrame(): boolean {
    return this.inFrame;
  }

  /** Bytes that belonged to no frame, so far. */
  get stray(): number {
    return this.strayBytes;
  }

  private begin(): void {
    this.pieces = [];
    this.inFrame = true;
    this.lengthSoFar = 0;
  }

  private keep(content: Buffer): void {
    const before = this.lengthSoFar;
    this.lengthSoFar += content.length;
    if (this.lengthSoFar <= this.maximumBytes) this.pieces.push(content);
    else if (before <= this.maximumBytes) {
      this.pieces = [Buffer.concat([...this.pieces, content]).subarray(0, KEPT_OF_TOO_LONG)];
    }
  }

  private complete(): Frame {
    const frame = { bytes: Buffer.concat(this.pieces), tooLong: this.lengthSoFar > this.maximumBytes };
    this.pieces = [];
    this.inFrame = false;
    this.lengthSoFar = 0;
    return frame;
  }
}

/** Line ends between frames are habit and mean nothing. */
const strayIn = (between: Buffer) => between.filter((byte) => byte !== CARRIAGE_RETURN && byte !== 0x0a).length;

/** A message in its frame. */
export const frameOf = (message: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([START_BLOCK]), message, Buffer.from([END_BLOCK, CARRIAGE_RETURN])]);
