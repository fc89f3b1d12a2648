import { ObjectMissing } from '@yinglian/objects';
import type { PackReader } from '../storage/pack-source.js';

/** A pack in use that may meanwhile be let go: what is not here any more is read as it comes again, once it is what was said of it. */
export class LastingReader implements PackReader {
  readonly sizeBytes: number;
  private readonly left: PackReader[] = [];
  private isAgain = false;
  private isReleased = false;
  private opening: Promise<void> | undefined;

  constructor(
    private pack: PackReader,
    private readonly openAgain: () => Promise<PackReader>,
  ) {
    this.sizeBytes = pack.sizeBytes;
  }

  read(position: number, length: number): Promise<Buffer> {
    return this.attempt(position + length, (pack) => pack.read(position, length));
  }

  readInto(bytes: Buffer, position: number): Promise<void> {
    return this.attempt(position + bytes.length, (pack) => pack.readInto(bytes, position));
  }

  whole(end: number): Promise<void> {
    return this.pack.whole(end);
  }

  readonly release = (): void => {
    this.isReleased = true;
    for (const pack of [...this.left, this.pack]) pack.release();
  };

  private async attempt<T>(end: number, read: (pack: PackReader) => Promise<T>): Promise<T> {
    const { pack } = this;
    try {
      return await this.readOf(pack, end, read);
    } catch (error) {
      if (!(error instanceof ObjectMissing) || this.isReleased) throw error;
      // Another reading may have opened it again.
      if (pack === this.pack) {
        this.opening ??= this.again();
        await this.opening;
      }
      return this.readOf(this.pack, end, read);
    }
  }

  private async readOf<T>(pack: PackReader, end: number, read: (pack: PackReader) => Promise<T>): Promise<T> {
    if (this.isAgain) await pack.whole(end);
    return read(pack);
  }

  private async again(): Promise<void> {
    const now = await this.openAgain().finally(() => {
      this.opening = undefined;
    });
    if (this.isReleased || now.sizeBytes !== this.sizeBytes) {
      now.release();
      throw new ObjectMissing('The pack is not here any more');
    }
    this.left.push(this.pack);
    this.pack = now;
    this.isAgain = true;
  }
}
