import { Part10Scanner, type ScannedInstance } from '@yinglian/dicom';
import type { StoredInstance } from './segment.js';

const PIECE_BYTES = 64 * 1024;

/** Looks again at the header of an instance in the spool. */
export async function rescan({ segment, position, length }: StoredInstance): Promise<ScannedInstance | undefined> {
  const handle = await segment.open();
  try {
    const scanner = new Part10Scanner();
    for (let at = 0; at < length && !scanner.isHeaderComplete; ) {
      const wanted = Math.min(PIECE_BYTES, length - at);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, position + at);
      if (bytesRead === 0) break;
      scanner.write(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    const outcome = await scanner.finish();
    return typeof outcome === 'string' ? undefined : outcome;
  } finally {
    await segment.close(handle);
  }
}
