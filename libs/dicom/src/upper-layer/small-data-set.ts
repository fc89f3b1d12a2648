import type { ResponseFields } from './command-set.js';
import { STATUS } from './status.js';

/** Enough for a storage commitment of some ten thousand instances, and for any performed procedure step. */
export const LONGEST_SMALL_DATA_SET_BYTES = 1024 * 1024;

/** Holds a data set in memory until it is whole; a longer one is refused. */
export class SmallDataSet<Given extends ResponseFields | undefined = ResponseFields> {
  private pieces: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly whole: (dataSet: Buffer) => Promise<Given>) {}

  write(bytes: Buffer): undefined {
    this.bytes += bytes.length;
    if (this.isTooLong) this.pieces = [];
    else this.pieces.push(Buffer.from(bytes));
  }

  async end(): Promise<Given | ResponseFields> {
    if (this.isTooLong) return { status: STATUS.resourceLimitation, comment: 'The data set is longer than 1 MiB' };
    return this.whole(Buffer.concat(this.pieces));
  }

  async abandon(): Promise<void> {
    this.pieces = [];
  }

  private get isTooLong(): boolean {
    return this.bytes > LONGEST_SMALL_DATA_SET_BYTES;
  }
}
