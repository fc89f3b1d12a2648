import { gunzipSync, gzipSync } from 'node:zlib';
import {
  MANIFEST_LIMIT_BYTES,
  PACK_MAGIC,
  PACK_TARGET_BYTES,
  PACK_TRAILER_BYTES,
  PackManifest,
} from './pack-format.js';

/** The bytes that follow the last Part 10 file of a pack. */
export function packEnding(manifest: PackManifest): Buffer {
  const zipped = gzipSync(JSON.stringify(manifest), { level: 1 });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(zipped.length);
  return Buffer.concat([zipped, length, PACK_MAGIC]);
}

export class PackError extends Error {
  override readonly name = 'PackError';
}

/**
 * Reads and checks the manifest at the end of a pack.
 * @param size the pack's length in bytes
 * @throws PackError that says what is wrong
 */
export async function readManifest(
  size: number,
  read: (position: number, length: number) => Promise<Buffer>,
): Promise<PackManifest> {
  if (size <= PACK_TRAILER_BYTES) throw new PackError('The pack is shorter than its ending');
  const trailer = await read(size - PACK_TRAILER_BYTES, PACK_TRAILER_BYTES);
  if (!trailer.subarray(4).equals(PACK_MAGIC)) throw new PackError('The pack does not end as a pack does');
  const length = trailer.readUInt32LE(0);
  const start = size - PACK_TRAILER_BYTES - length;
  if (length > MANIFEST_LIMIT_BYTES || start <= 0) throw new PackError('The manifest is longer than allowed');
  const manifest = parse(await read(start, length));
  checkLayout(manifest, start);
  return manifest;
}

function parse(zipped: Buffer): PackManifest {
  let text: string;
  try {
    text = gunzipSync(zipped, { maxOutputLength: 16 * MANIFEST_LIMIT_BYTES }).toString('utf8');
  } catch {
    throw new PackError('The manifest is not gzip');
  }
  const manifest = PackManifest.safeParse(parseJson(text));
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  throw new PackError(`The manifest is wrong: ${issue?.path.join('.')}: ${issue?.message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PackError('The manifest is not JSON');
  }
}

/** Files stand end to end from the first byte to the manifest, each SOP instance once. */
function checkLayout(manifest: PackManifest, end: number): void {
  let at = 0;
  for (const { offset, length, dataSetOffset } of manifest.instances) {
    if (offset !== at || dataSetOffset >= length)
      throw new PackError('The files of the manifest do not stand end to end');
    at += length;
  }
  if (at !== end) throw new PackError('The files of the manifest do not fill the pack');
  if (at > PACK_TARGET_BYTES && manifest.instances.length > 1) {
    throw new PackError('Several instances of more than 32 MiB together are more than one pack');
  }
  if (new Set(manifest.instances.map(({ sopInstanceUid }) => sopInstanceUid)).size !== manifest.instances.length) {
    throw new PackError('A SOP instance stands in the manifest twice');
  }
}
