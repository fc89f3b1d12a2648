import type { FileHandle } from 'node:fs/promises';
import { ObjectTooShort } from './object-store.errors.js';

/** Reads so many bytes. @throws ObjectTooShort when the file ends before */
export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  await readInto(file, bytes, position);
  return bytes;
}

/** Fills the buffer. @throws ObjectTooShort when the file ends before */
export async function readInto(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw new ObjectTooShort('The object is shorter than expected');
    at += bytesRead;
  }
}

const PIECE_BYTES = 1024 * 1024;

/** From the file's position to its end, in pieces of their own. */
export async function* piecesOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(PIECE_BYTES), 0, PIECE_BYTES, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** Writes all of the pieces from a position of the file on, in few system calls. */
export async function writeFully(file: FileHandle, pieces: readonly Buffer[], position = 0): Promise<void> {
  let rest = [...pieces];
  for (let at = position; rest.length > 0; ) {
    let { bytesWritten } = await file.writev(rest, at);
    at += bytesWritten;
    const from = rest.findIndex((piece) => {
      if (bytesWritten < piece.length) return true;
      bytesWritten -= piece.length;
      return false;
    });
    const [first, ...others] = from < 0 ? [] : rest.slice(from);
    rest = first === undefined ? [] : [first.subarray(bytesWritten), ...others];
  }
}
