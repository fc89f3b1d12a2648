import { HeaderError, type ParsedHeader, parseHeader } from './parse-header.js';

const FIRST_PREFIX_BYTES = 32 * 1024;

/** Reads bytes of one Part 10 file. `position` counts from the file's start. */
export type ReadBytes = (position: number, length: number) => Promise<Uint8Array>;

/**
 * The header of a file of `fileLength` bytes, from a prefix that grows until the pixel data is reached.
 * @throws HeaderError when it is not DICOM or ends too early
 */
export async function readHeader(fileLength: number, read: ReadBytes): Promise<ParsedHeader> {
  for (let length = FIRST_PREFIX_BYTES; ; length *= 8) {
    const prefix = await read(0, Math.min(length, fileLength));
    try {
      return parseHeader(prefix);
    } catch (error) {
      if (!(error instanceof HeaderError) || !error.incomplete || length >= fileLength) throw error;
    }
  }
}
