import { type FileHandle, open } from 'node:fs/promises';
import { FileDigest } from '@yinglian/objects';

/** A stretch of a file that grows, which is hashed by another thread while it does. */
export class Stretch {
  private readonly ended = Promise.withResolvers<string>();
  private to = Number.POSITIVE_INFINITY;
  private digest: FileDigest | undefined;
  private reached: number;

  constructor(
    from: number,
    private readonly reachNow: (stretch: Stretch) => void,
  ) {
    this.reached = from;
    // Whoever wants to know sees what goes wrong.
    this.ended.promise.catch(() => {});
  }

  /** It ends there, and nothing behind it is in the file yet: resolves with its SHA-256 as hexadecimal digits once it is. */
  end(to: number): Promise<string> {
    this.to = to;
    this.reachNow(this);
    return this.ended.promise;
  }

  /** So many bytes are in the file. Whether all of it is. */
  reach({ fd }: FileHandle, sizeBytes: number): boolean {
    if (this.reached > this.to) throw new RangeError('What is behind the stretch is hashed already');
    const isWhole = sizeBytes >= this.to;
    const to = Math.min(sizeBytes, this.to);
    if (to > this.reached || isWhole) {
      this.digest ??= new FileDigest(fd, this.reached);
      if (isWhole) this.ended.resolve(this.digest.end(to));
      else this.digest.reach(to);
      this.reached = to;
    }
    return isWhole;
  }

  /** Nothing more comes. Resolves when nobody reads it any more. */
  async giveUp(reason: unknown): Promise<void> {
    this.ended.reject(reason);
    await this.digest?.end().catch(() => {});
  }

  /** Resolves when nobody reads it any more. */
  async settled(): Promise<void> {
    await this.ended.promise.catch(() => {});
  }
}

/** Stretches of one file that grows. */
export class StretchDigests {
  private file: FileHandle | undefined;
  private sizeBytes = 0;
  private readonly growing = new Set<Stretch>();
  private readonly whole = new Set<Stretch>();

  async begins(path: string): Promise<void> {
    this.file = await open(path, 'r');
    this.written(this.sizeBytes);
  }

  /** So many bytes are in the file. */
  written(sizeBytes: number): void {
    this.sizeBytes = sizeBytes;
    for (const stretch of this.growing) this.reach(stretch);
  }

  from(position: number): Stretch {
    const stretch = new Stretch(position, (ended) => this.reach(ended));
    this.growing.add(stretch);
    return stretch;
  }

  /** Nothing more comes: what waits for it is never known. */
  async end(reason: unknown): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await Promise.all(Array.from(this.growing, (stretch) => stretch.giveUp(reason)));
    await Promise.all(Array.from(this.whole, (stretch) => stretch.settled()));
    await file?.close();
  }

  private reach(stretch: Stretch): void {
    if (this.file === undefined || !stretch.reach(this.file, this.sizeBytes)) return;
    this.growing.delete(stretch);
    this.whole.add(stretch);
    void stretch.settled().then(() => this.whole.delete(stretch));
  }
}
