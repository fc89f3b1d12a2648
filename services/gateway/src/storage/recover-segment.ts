import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { BlockReader } from './block-reader.js';
import { aligned, BLOCK_BYTES, decodeRecordHeader, isHeaderOfAnyVersion, type RecordHeader } from './record-header.js';
import { segmentNameOf } from './segment.js';

export interface RecoveredRecord {
  readonly header: RecordHeader;
  /** Of the Part 10 file in the segment. */
  readonly position: number;
}

export interface RecoveredSegment {
  readonly records: readonly RecoveredRecord[];
  /**
   * What belongs to no whole record: an instance that was never acknowledged, what an earlier use of the file left or, before a
   * further record, damage.
   */
  readonly tornBytes: number;
  readonly bytes: number;
  /** The disk did not keep a header, or a record behind the last sync, or another version of the gateway wrote it. */
  readonly isDamaged: boolean;
}

/**
 * Reads a segment that a dead process left, and changes nothing. What no later header calls durable may be torn, in any
 * order: such a record counts when its bytes are what its header says. So does one that comes after a damaged block.
 */
export async function recoverSegment(path: string): Promise<RecoveredSegment> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const headers = new SegmentHeaders(new BlockReader(handle), segmentNameOf(path), size);
    const durableBytes = await durableIn(headers);
    const records: RecoveredRecord[] = [];
    let tornBytes = 0;
    let isAfterDamage = false;
    let isDamaged = false;
    for (let at = 0; at < size; ) {
      const header = await headers.at(at);
      const record = header && { header, position: at + BLOCK_BYTES };
      const end = record === undefined ? at : aligned(record.position + record.header.length);
      const isDoubtful = isAfterDamage || end > durableBytes;
      if (record === undefined || (isDoubtful && !(await isWhole(handle, record)))) {
        // Behind a damaged block there are any bytes; a header is looked for there, not expected.
        if (!isAfterDamage) isDamaged ||= record !== undefined || (await headers.wereAt(at, durableBytes));
        tornBytes += Math.min(BLOCK_BYTES, size - at);
        at += BLOCK_BYTES;
        isAfterDamage = true;
        continue;
      }
      records.push(record);
      isAfterDamage = false;
      at = end;
    }
    return { records, tornBytes, bytes: size, isDamaged };
  } finally {
    await handle.close();
  }
}

/** How much of the segment its own headers call durable. */
async function durableIn(headers: SegmentHeaders): Promise<number> {
  let durableBytes = 0;
  for (let at = 0; at < headers.size; ) {
    const header = await headers.at(at);
    durableBytes = Math.max(durableBytes, header?.durableBytes ?? 0);
    at = header === undefined ? at + BLOCK_BYTES : aligned(at + BLOCK_BYTES + header.length);
  }
  return durableBytes;
}

/** The headers of one segment in its file. */
class SegmentHeaders {
  constructor(
    private readonly blocks: BlockReader,
    private readonly segmentName: string,
    readonly size: number,
  ) {}

  /** The header of this segment's own record there, if the file is long enough for the record. */
  async at(position: number): Promise<RecordHeader | undefined> {
    const header = decodeRecordHeader(await this.blocks.at(position));
    const isOwn = header?.segmentName === this.segmentName;
    return isOwn && position + BLOCK_BYTES + header.length <= this.size ? header : undefined;
  }

  /**
   * Whether the disk lost a header there, or another version wrote it. Behind what is durable a block may hold anything: the file
   * was another segment's before.
   */
  async wereAt(position: number, durableBytes: number): Promise<boolean> {
    const block = await this.blocks.at(position);
    if (block.length < BLOCK_BYTES || decodeRecordHeader(block) !== undefined) return false;
    return position < durableBytes || isHeaderOfAnyVersion(block);
  }
}

const PIECE_BYTES = 1024 * 1024;

async function isWhole(handle: FileHandle, { header, position }: RecoveredRecord): Promise<boolean> {
  const piece = Buffer.alloc(PIECE_BYTES);
  const end = position + header.length;
  let sum = 0;
  for (let at = position; at < end; ) {
    const { bytesRead } = await handle.read(piece, 0, Math.min(PIECE_BYTES, end - at), at);
    if (bytesRead === 0) return false;
    sum = crc32(piece.subarray(0, bytesRead), sum);
    at += bytesRead;
  }
  return sum === header.crc32;
}
