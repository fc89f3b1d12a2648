import { createHash } from 'node:crypto';
import {
  type DicomJson,
  dicomJsonOf,
  encapsulatedFrames,
  HeaderError,
  type InstanceSummary,
  PackError,
  type PackInstance,
  type PackManifest,
  PackOutline,
  type ParsedHeader,
  readHeader,
  readManifest,
  summarise,
} from '@yinglian/dicom';
import type { ObjectReader } from '@yinglian/objects';
import type { IndexedInstance, PackIndex } from '../storage/pack-index.js';

/** What a pack's bytes say, all of it read from the files themselves and found to agree with the manifest. */
export interface ReadPack {
  readonly manifest: PackManifest;
  readonly index: PackIndex;
  readonly metadata: readonly DicomJson[];
  readonly summaries: readonly InstanceSummary[];
}

export type PackBytes = Pick<ObjectReader, 'sizeBytes' | 'read' | 'readInto'>;

const HASH_PIECE_BYTES = 1024 * 1024;

/** What the bytes of one instance say. */
export interface ReadInstance {
  readonly indexed: IndexedInstance;
  readonly metadata: DicomJson;
  readonly summary: InstanceSummary;
  readonly header: ParsedHeader;
}

/** Reads an instance, of which `read` gives the bytes of its Part 10 file. @throws PackError when its header cannot be read */
export async function readInstance(entry: PackInstance, read: PackBytes['read']): Promise<ReadInstance> {
  const header = await headerOf(entry, read);
  return {
    header,
    summary: summarise(header),
    indexed: await indexed(entry, header, read),
    metadata: dicomJsonOf(header),
  };
}

/** Reads a pack without believing its manifest, or an outline, whose digests nobody can check yet (ADR 0038). @throws PackError that says what does not agree */
export async function readPack(pack: PackBytes): Promise<ReadPack> {
  const read = (position: number, length: number) => pack.read(position, length);
  const manifest = await readManifest(pack.sizeBytes, read);
  const index: IndexedInstance[] = [];
  const metadata: DicomJson[] = [];
  const summaries: InstanceSummary[] = [];
  const scratch = Buffer.allocUnsafeSlow(HASH_PIECE_BYTES);
  for (const entry of manifest.instances) {
    const instance = await readInstance(entry, (position, length) => read(entry.offset + position, length));
    checkAgreement(manifest, entry, instance);
    if (!(pack instanceof PackOutline)) await checkBytes(entry, pack, scratch);
    index.push(instance.indexed);
    metadata.push(instance.metadata);
    summaries.push(instance.summary);
  }
  return { manifest, index: { version: 1, instances: index }, metadata, summaries };
}

async function headerOf({ length, sopInstanceUid }: PackInstance, read: PackBytes['read']) {
  try {
    return await readHeader(length, read);
  } catch (error) {
    if (error instanceof HeaderError) throw new PackError(`${sopInstanceUid} cannot be read: ${error.message}`);
    throw error;
  }
}

function checkAgreement(manifest: PackManifest, entry: PackInstance, { header, summary }: ReadInstance): void {
  const said: readonly (readonly [what: string, manifest: unknown, bytes: unknown])[] = [
    ['Study Instance UID', manifest.studyInstanceUid, summary.studyInstanceUid],
    ['Series Instance UID', manifest.seriesInstanceUid, summary.seriesInstanceUid],
    ['SOP Instance UID', entry.sopInstanceUid, summary.sopInstanceUid],
    ['Transfer Syntax UID', entry.transferSyntaxUid, summary.transferSyntaxUid],
    ['data set’s offset', entry.dataSetOffset, header.dataSetOffset],
    // Some devices leave SOP Class UID to the association.
    ...(summary.sopClassUid === '' ? [] : [['SOP Class UID', entry.sopClassUid, summary.sopClassUid] as const]),
  ];
  for (const [what, fromManifest, fromBytes] of said) {
    if (fromManifest !== fromBytes) {
      throw new PackError(`${entry.sopInstanceUid}: the manifest and the bytes disagree about the ${what}`);
    }
  }
}

async function checkBytes(entry: PackInstance, pack: PackBytes, scratch: Buffer): Promise<void> {
  const hash = createHash('sha256');
  const end = entry.offset + entry.length;
  for (let at = entry.offset + entry.dataSetOffset; at < end; at += scratch.length) {
    const piece = scratch.subarray(0, end - at);
    await pack.readInto(piece, at);
    hash.update(piece);
  }
  if (hash.digest('hex') !== entry.dataSetSha256) {
    throw new PackError(`${entry.sopInstanceUid}: the manifest and the bytes disagree about the data set’s SHA-256`);
  }
}

async function indexed(entry: PackInstance, header: ParsedHeader, read: PackBytes['read']): Promise<IndexedInstance> {
  const { dataSet, pixelData } = header;
  const isNative = pixelData?.length !== undefined;
  const frames = pixelData === null || isNative ? null : await encapsulatedFrames(header, entry.length, read);
  const numberOfFrames = Number.parseInt(dataSet.string('x00280008') ?? '', 10);
  return {
    sopInstanceUid: entry.sopInstanceUid,
    sopClassUid: entry.sopClassUid,
    transferSyntaxUid: entry.transferSyntaxUid,
    offset: entry.offset,
    length: entry.length,
    dataSetOffset: entry.dataSetOffset,
    dataSetSha256: entry.dataSetSha256,
    instanceNumber: dataSet.string('x00200013') ?? '',
    rows: dataSet.uint16('x00280010') ?? 0,
    columns: dataSet.uint16('x00280011') ?? 0,
    bitsAllocated: dataSet.uint16('x00280100') ?? 0,
    numberOfFrames: numberOfFrames > 0 ? numberOfFrames : pixelData === null ? 0 : 1,
    pixels: pixelData === null ? null : { offset: pixelData.offset, length: pixelData.length ?? null, frames },
  };
}
