import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { readInto } from '../file-bytes.js';
import type { IncomingFile } from '../incoming-files.js';
import { ObjectStoreUnavailable } from '../object-store.errors.js';
import type { PartBuffers } from './part-buffers.js';
import type { S3Bucket } from './s3-bucket.js';
import { s3Error } from './s3-errors.js';

/** Parts of one object that are on their way at once; all objects share the buffers. */
const PARTS_AT_ONCE = 3;

/** Puts a whole file under a key: in one request when it fits into a part, else in parts. It is there when the last one has succeeded. */
export async function uploadFile(
  bucket: S3Bucket,
  key: string,
  incoming: Pick<IncomingFile, 'file' | 'sizeBytes' | 'sha256'>,
  buffers: PartBuffers,
): Promise<void> {
  if (incoming.sizeBytes > buffers.sizeBytes) return uploadInParts(bucket, key, incoming, buffers);
  await buffers.with(async (buffer) => {
    const bytes = buffer.subarray(0, incoming.sizeBytes);
    await readInto(incoming.file, bytes, 0);
    await bucket.put(key, bytes, incoming.sha256);
  });
}

type Part = { readonly PartNumber: number; readonly ETag: string; readonly ChecksumCRC32?: string };

async function uploadInParts(
  bucket: S3Bucket,
  key: string,
  { file, sizeBytes }: Pick<IncomingFile, 'file' | 'sizeBytes'>,
  buffers: PartBuffers,
): Promise<void> {
  const { client } = bucket;
  const at = bucket.at(key);
  try {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: 'CRC32' }));
    if (UploadId === undefined) throw new ObjectStoreUnavailable('The object store begins no upload');
    const upload = { ...at, UploadId };
    const send = (place: number): Promise<Part> =>
      buffers.with(async (buffer) => {
        const from = place * buffers.sizeBytes;
        const bytes = buffer.subarray(0, Math.min(buffers.sizeBytes, sizeBytes - from));
        await readInto(file, bytes, from);
        const part = {
          PartNumber: place + 1,
          Body: bytes,
          ContentLength: bytes.length,
          ChecksumAlgorithm: 'CRC32',
        } as const;
        const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand({ ...upload, ...part }));
        if (ETag === undefined) throw new ObjectStoreUnavailable('The object store names no part');
        return { PartNumber: place + 1, ETag, ...(ChecksumCRC32 === undefined ? {} : { ChecksumCRC32 }) };
      });
    try {
      const Parts = await inOrder(Math.ceil(sizeBytes / buffers.sizeBytes), PARTS_AT_ONCE, send);
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    } catch (error) {
      // What cannot be taken back now is taken back a day later, when a store begins.
      await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw s3Error(error, key);
  }
}

/** Runs work for each place, so many at once; resolves or rejects when none is running any more. */
async function inOrder<T>(count: number, atOnce: number, work: (place: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  let next = 0;
  let failed = false;
  const worker = async () => {
    while (next < count && !failed) {
      const place = next;
      next += 1;
      try {
        done[place] = await work(place);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, count) }, worker));
  const problem = ended.find((each) => each.status === 'rejected');
  if (problem !== undefined) throw problem.reason;
  return done;
}
