import type { StoredInstance } from './segment.js';
import { SpoolReadError, SpoolReader } from './spool-reader.js';

/** Whether the spool holds the same Part 10 file twice. A file that cannot be read is like no other. */
export async function isSameFile(one: StoredInstance, other: StoredInstance): Promise<boolean> {
  if (one.length !== other.length || one.crc32 !== other.crc32) return false;
  const readers = [new SpoolReader(), new SpoolReader()] as const;
  const others = readers[1].pieces(other);
  try {
    for await (const piece of readers[0].pieces(one)) {
      const next = await others.next();
      if (next.done === true || !piece.equals(next.value)) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof SpoolReadError) return false;
    throw error;
  } finally {
    for (const reader of readers) await reader.closeAfterUse();
  }
}
