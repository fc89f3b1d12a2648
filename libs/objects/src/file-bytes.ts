import type { FileHandle } from 'node:fs/promises';

/** Reads so many bytes, or throws when the file ends before. */
export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) throw new Error('The object is shorter than expected');
    at += bytesRead;
  }
  return bytes;
}

/** Writes all of the pieces at the file's position, in few system calls. */
export async function writeFully(file: FileHandle, pieces: readonly Buffer[]): Promise<void> {
  let rest = [...pieces];
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest);
    const from = rest.findIndex((piece) => {
      if (bytesWritten < piece.length) return true;
      bytesWritten -= piece.length;
      return false;
    });
    const [first, ...others] = from < 0 ? [] : rest.slice(from);
    rest = first === undefined ? [] : [first.subarray(bytesWritten), ...others];
  }
}
