import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Obstacle } from '../obstacle.js';
import type { InstanceToStore } from './store-instances.scu.js';

export interface FileToSend extends InstanceToStore {
  readonly path: string;
}

/** The DICOM files in a folder and below, in the order of their names, and how many other files there are. */
export async function findFiles(folder: string): Promise<{ files: FileToSend[]; others: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: Error) => {
    throw new Obstacle(`The folder ${folder} cannot be read: ${error.message}`);
  });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const files = paths.sort().flatMap((path) => readFileToSend(path) ?? []);
  return { files, others: paths.length - files.length };
}

const PREAMBLE_BYTES = 128;
/** File meta information is a few hundred bytes; private information may add to it. */
const LARGEST_META_BYTES = 64 * 1024;
const LONG_FORM = new Set(['OB', 'OW', 'UN', 'SQ', 'UT']);

/** Reads the file meta information (PS3.10 section 7.1); undefined when the file has none. */
function readFileToSend(path: string): FileToSend | undefined {
  const head = readStart(path, LARGEST_META_BYTES);
  if (head.toString('latin1', PREAMBLE_BYTES, PREAMBLE_BYTES + 4) !== 'DICM') return undefined;
  const values = new Map<number, string>();
  let at = PREAMBLE_BYTES + 4;
  while (at + 12 <= head.length && head.readUInt16LE(at) === 0x0002) {
    const element = head.readUInt16LE(at + 2);
    const isLong = LONG_FORM.has(head.toString('latin1', at + 4, at + 6));
    const length = isLong ? head.readUInt32LE(at + 8) : head.readUInt16LE(at + 6);
    const start = at + (isLong ? 12 : 8);
    values.set(element, head.toString('latin1', start, start + length).replace(/[\0 ]+$/, ''));
    at = start + length;
  }
  const [sopClassUid, sopInstanceUid, transferSyntaxUid] = [0x0002, 0x0003, 0x0010].map((tag) => values.get(tag));
  if (!sopClassUid || !sopInstanceUid || !transferSyntaxUid) return undefined;
  const dataSetOffset = at;
  return {
    path,
    sopClassUid,
    sopInstanceUid,
    transferSyntaxUid,
    readDataSet: () => readFileSync(path).subarray(dataSetOffset),
  };
}

function readStart(path: string, bytes: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(bytes);
    return start.subarray(0, readSync(file, start, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
}
