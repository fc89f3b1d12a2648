import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { aligned, BLOCK_BYTES, decodeRecordHeader, type RecordHeader } from './record-header.js';

export interface RecoveredRecord {
  readonly header: RecordHeader;
  /** Of the Part 10 file in the segment. */
  readonly position: number;
}

export interface RecoveredSegment {
  readonly records: readonly RecoveredRecord[];
  /** What belongs to no whole record: an instance that was never acknowledged, or, before a further record, damage. */
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
    const durableBytes = await durableIn(handle, size);
    const records: RecoveredRecord[] = [];
    let tornBytes = 0;
    let isAfterDamage = false;
    let isDamaged = false;
    for (let at = 0; at < size; ) {
      const block = await blockAt(handle, at);
      const header = headerIn(block, at, size);
      const record = header && { header, position: at + BLOCK_BYTES };
      const end = record === undefined ? at : aligned(record.position + record.header.length);
      const isDoubtful = isAfterDamage || end > durableBytes;
      if (record === undefined || (isDoubtful && !(await isWhole(handle, record)))) {
        // Behind a damaged block there are any bytes; a header is looked for there, not expected.
        if (!isAfterDamage) isDamaged ||= record !== undefined || isUnreadable(block);
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
async function durableIn(handle: FileHandle, size: number): Promise<number> {
  let durableBytes = 0;
  for (let at = 0; at < size; ) {
    const header = headerIn(await blockAt(handle, at), at, size);
    durableBytes = Math.max(durableBytes, header?.durableBytes ?? 0);
    at = header === undefined ? at + BLOCK_BYTES : aligned(at + BLOCK_BYTES + header.length);
  }
  return durableBytes;
}

async function blockAt(handle: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, position);
  return buffer.subarray(0, bytesRead);
}

function headerIn(block: Buffer, position: number, size: number): RecordHeader | undefined {
  const header = decodeRecordHeader(block);
  return header !== undefined && position + BLOCK_BYTES + header.length <= size ? header : undefined;
}

/** A block that is empty, or that the file ends in, was never a whole header. */
const isUnreadable = (block: Buffer) =>
  block.length === BLOCK_BYTES && decodeRecordHeader(block) === undefined && block.some((byte) => byte !== 0);

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
