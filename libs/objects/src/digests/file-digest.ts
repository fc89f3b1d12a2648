import { digestThread } from './digest-thread.js';

/** What is shorter is better hashed at once: to ask another thread takes as long. */
export const HASHED_AT_ONCE_BYTES = 128 * 1024;

/**
 * SHA-256 of a stretch of a file, made by another thread while the file grows: the one that serves would spend half its time on it.
 * The bytes are read from the file, which stays open until `end` has settled.
 */
export class FileDigest {
  private readonly id = digestThread.newId();
  private isFirst = true;

  /** @param from where the stretch begins */
  constructor(
    private readonly fd: number,
    private from = 0,
  ) {}

  get hasBegun(): boolean {
    return !this.isFirst;
  }

  /** Bytes up to there are in the file. */
  reach(to: number): void {
    this.hash(to, false);
  }

  /** The stretch ends there. Hexadecimal digits. @throws what the disk says of bytes that cannot be read */
  end(to = this.from): Promise<string> {
    const ended = digestThread.endOf(this.id);
    this.hash(to, true);
    return ended;
  }

  private hash(to: number, isLast: boolean): void {
    digestThread.hash({ id: this.id, fd: this.fd, from: this.from, to, isFirst: this.isFirst, isLast });
    this.isFirst = false;
    this.from = to;
  }
}
