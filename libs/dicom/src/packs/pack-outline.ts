import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type ByteRange, encapsulatedFrames } from '../data-set/encapsulated-frames.js';
import { HeaderError } from '../data-set/parse-header.js';
import { readHeader } from '../data-set/read-header.js';
import { DEFLATED_LITTLE_ENDIAN } from '../data-set/transfer-syntaxes.js';
import { PACK_LIMIT_BYTES, type PackInstance } from './pack-format.js';
import { PackError, readManifest } from './pack-manifest.js';

/** Media type of a pack's outline. */
export const OUTLINE_MEDIA_TYPE = 'application/vnd.yinglian.pack-outline';

/** No outline is longer, zipped. */
export const OUTLINE_LIMIT_BYTES = 64 * 1024 * 1024;
const INFLATED_LIMIT_BYTES = 4 * OUTLINE_LIMIT_BYTES;

const MAGIC = Buffer.from('YLOUTL01', 'latin1');
const LENGTH_BYTES = 4;
/** Ranges that are nearer to each other are one: naming a range takes as much. */
const NEAR_BYTES = 32;

const Head = z.object({
  sizeBytes: z.number().int().positive().max(PACK_LIMIT_BYTES).describe('Of the pack'),
  ranges: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().positive()])).min(1),
});

type Read = (position: number, length: number) => Promise<Buffer>;

/**
 * A pack without its pixels (ADR 0038): its manifest, the elements of each file before Pixel Data (7FE0,0010), and where fragments
 * begin. All else reads as zeros, so that what reads packs reads outlines, too.
 */
export class PackOutline {
  private constructor(
    /** Of the pack. */
    readonly sizeBytes: number,
    /** What is here of the pack, in order and apart. */
    readonly ranges: readonly ByteRange[],
    private readonly bytes: readonly Buffer[],
  ) {}

  /**
   * Reads what a pack is outlined by. Undefined when that is all of it: it has no pixels, or deflated ones, which no header can be
   * read without. @throws PackError
   */
  static async of(sizeBytes: number, read: Read): Promise<PackOutline | undefined> {
    const wanted: ByteRange[] = [];
    const manifest = await readManifest(sizeBytes, (position, length) => {
      wanted.push([position, length]);
      return read(position, length);
    });
    for (const instance of manifest.instances) wanted.push(...(await rangesOf(instance, read)));
    const ranges = joined(wanted);
    if (ranges.reduce((sum, [, length]) => sum + length, 0) === sizeBytes) return undefined;
    const bytes: Buffer[] = [];
    for (const [position, length] of ranges) bytes.push(await read(position, length));
    return new PackOutline(sizeBytes, ranges, bytes);
  }

  /** @throws PackError that says what is wrong */
  static parse(zipped: Buffer): PackOutline {
    const all = unzipped(zipped);
    const headAt = MAGIC.length + LENGTH_BYTES;
    if (all.length < headAt || !all.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new PackError('The outline does not begin as one does');
    }
    const bodyAt = headAt + all.readUInt32LE(MAGIC.length);
    const { sizeBytes, ranges } = headOf(all.subarray(headAt, bodyAt));
    let at = bodyAt;
    let end = 0;
    const bytes = ranges.map(([position, length]) => {
      if (position < end || position + length > sizeBytes) throw new PackError('The ranges of the outline are wrong');
      end = position + length;
      at += length;
      return all.subarray(at - length, at);
    });
    if (at !== all.length) throw new PackError('The outline has other bytes than it says');
    return new PackOutline(sizeBytes, ranges, bytes);
  }

  /** As it is sent and kept. The same outline has the same bytes. */
  encode(): Buffer {
    const head = Buffer.from(JSON.stringify({ sizeBytes: this.sizeBytes, ranges: this.ranges }));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(head.length);
    return gzipSync(Buffer.concat([MAGIC, length, head, ...this.bytes]), { level: 1 });
  }

  async read(position: number, length: number): Promise<Buffer> {
    const into = Buffer.alloc(length);
    await this.readInto(into, position);
    return into;
  }

  /** Fills the buffer, with zeros where nothing is here. */
  async readInto(into: Buffer, position: number): Promise<void> {
    into.fill(0);
    for (const { at, bytes } of this.within(position, into.length)) bytes.copy(into, at - position);
  }

  /** Whether bytes of the pack are what is here of them. */
  agreesWith(piece: Buffer, position: number): boolean {
    return this.within(position, piece.length).every(({ at, bytes }) =>
      piece.subarray(at - position, at - position + bytes.length).equals(bytes),
    );
  }

  private within(position: number, length: number): { at: number; bytes: Buffer }[] {
    const found: { at: number; bytes: Buffer }[] = [];
    for (let index = this.firstEndingAfter(position); index < this.ranges.length; index += 1) {
      const [start, size] = this.ranges[index] as ByteRange;
      if (start >= position + length) break;
      const from = Math.max(start, position);
      const end = Math.min(start + size, position + length);
      found.push({ at: from, bytes: (this.bytes[index] as Buffer).subarray(from - start, end - start) });
    }
    return found;
  }

  /** By bisection: a long run of images has a range a frame. */
  private firstEndingAfter(position: number): number {
    let low = 0;
    let high = this.ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [start, size] = this.ranges[middle] as ByteRange;
      if (start + size > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** What the readers of headers and of frames look at in one file, by its place in the pack. */
async function rangesOf({ offset, length, sopInstanceUid }: PackInstance, read: Read): Promise<ByteRange[]> {
  try {
    const header = await readHeader(length, (position, size) => read(offset + position, size));
    if (header.pixelData === null || header.transferSyntaxUid === DEFLATED_LITTLE_ENDIAN) return [[offset, length]];
    const ranges: ByteRange[] = [[offset, Math.min(header.pixelData.offset, length)]];
    await encapsulatedFrames(header, length, (position, size) => {
      if (size > 0) ranges.push([offset + position, size]);
      return read(offset + position, size);
    });
    return ranges;
  } catch (error) {
    if (error instanceof HeaderError) throw new PackError(`${sopInstanceUid} cannot be read: ${error.message}`);
    throw error;
  }
}

function joined(ranges: readonly ByteRange[]): ByteRange[] {
  const apart: ByteRange[] = [];
  for (const [start, length] of [...ranges].sort(([one], [other]) => one - other)) {
    const last = apart.at(-1);
    if (last !== undefined && start <= last[0] + last[1] + NEAR_BYTES) {
      last[1] = Math.max(last[1], start + length - last[0]);
    } else apart.push([start, length]);
  }
  return apart;
}

function unzipped(zipped: Buffer): Buffer {
  try {
    return gunzipSync(zipped, { maxOutputLength: INFLATED_LIMIT_BYTES });
  } catch {
    throw new PackError('The outline is not gzip');
  }
}

function headOf(json: Buffer): z.output<typeof Head> {
  try {
    return Head.parse(JSON.parse(json.toString('utf8')));
  } catch {
    throw new PackError('The head of the outline is wrong');
  }
}
