import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { readExactly, readInto } from '../file-bytes.js';
import { IncomingFiles } from '../incoming-files.js';
import { ObjectMissing, ObjectTooShort, storeError } from '../object-store.errors.js';
import { checkKey, type ObjectStore } from '../object-store.js';
import type { ArrivalWatch, IncomingObject, ListedObject, ObjectReader, Resumption } from '../objects.js';
import type { UnfinishedName } from '../unfinished-objects.js';
import { PartBuffers } from './part-buffers.js';
import { ReadsInOrder } from './reads-in-order.js';
import { S3Bucket } from './s3-bucket.js';
import { s3Error } from './s3-errors.js';
import { patienceOf, type S3Settings, s3Client } from './s3-settings.js';
import { s3Stream, s3Whole } from './s3-stream.js';
import { uploadFile } from './s3-upload.js';
import { abortStaleUploads } from './stale-uploads.js';

/** Above the 5 MiB that S3 asks of a part; 10,000 of them hold more than any object that is taken. */
const PART_BYTES = 16 * 1024 * 1024;
const PARTS_IN_MEMORY = 4;
const SIZES_AT_MOST = 65_536;
/** After so long a size is asked for again: another process may have put sound bytes in the place of damaged ones. */
const SIZE_KNOWN_MS = 10_000;

/**
 * Objects in a bucket of S3 or what speaks it. What comes in waits in a folder of this machine until it is whole and known, then
 * it is uploaded (ADR 0036). Memory: 64 MiB for parts on their way, whatever is received.
 */
export class S3ObjectStore implements ObjectStore {
  private readonly incoming: IncomingFiles;
  private readonly bucket: S3Bucket;
  private readonly buffers = new PartBuffers(PARTS_IN_MEMORY, PART_BYTES);
  private readonly inOrder: ReadsInOrder;
  /** Objects do not change; those that can be made again are asked for whole, which needs no size. */
  private readonly sizes = new LRUCache<string, number>({ max: SIZES_AT_MOST, ttl: SIZE_KNOWN_MS });

  constructor(
    private readonly settings: S3Settings,
    folder: string,
  ) {
    this.incoming = new IncomingFiles(folder, false);
    this.bucket = new S3Bucket(s3Client(settings), settings);
    this.inOrder = new ReadsInOrder((key, range) => s3Stream(this.bucket, key, range, patienceOf(settings)));
  }

  /** Fails when the bucket cannot be reached or is not there: a setting that is wrong is seen at the start. */
  async begin(): Promise<void> {
    await this.incoming.begin();
    await abortStaleUploads(this.bucket, Date.now()).catch((error: unknown) => {
      throw s3Error(error, '');
    });
  }

  unfinishedBytes(unfinished: UnfinishedName): Promise<number> {
    return this.incoming.unfinishedBytes(unfinished);
  }

  async receive(
    source: AsyncIterable<Uint8Array>,
    limitBytes: number,
    resumption?: Resumption,
    watch?: ArrivalWatch,
  ): Promise<IncomingObject> {
    const incoming = await this.incoming.receive(source, limitBytes, resumption, watch);
    const { file, sizeBytes, sha256, discard } = incoming;
    return {
      sizeBytes,
      sha256,
      read: (position, length) => readExactly(file, position, length),
      readInto: (bytes, position) => readInto(file, bytes, position),
      keep: async (key) => {
        checkKey(key);
        await uploadFile(this.bucket, key, incoming, this.buffers).catch((error: unknown) => {
          throw storeError(error);
        });
        this.sizes.set(key, sizeBytes);
        await discard();
      },
      discard,
    };
  }

  async putReproducible(key: string, bytes: Buffer): Promise<void> {
    checkKey(key);
    this.sizes.delete(key);
    await this.bucket.put(key, bytes, createHash('sha256').update(bytes).digest('hex'));
  }

  has(key: string): Promise<boolean> {
    checkKey(key);
    return this.bucket.has(key);
  }

  async open(key: string): Promise<ObjectReader> {
    checkKey(key);
    const sizeBytes = this.sizes.get(key) ?? (await this.bucket.sizeOf(key));
    this.sizes.set(key, sizeBytes);
    const into = async (bytes: Buffer, position: number) => {
      if (bytes.length === 0) return;
      await this.inOrder.readInto(key, bytes, position, sizeBytes).catch((error: unknown) => {
        if (error instanceof ObjectMissing || error instanceof ObjectTooShort) this.sizes.delete(key);
        throw error;
      });
    };
    return {
      sizeBytes,
      read: async (position, length) => {
        const bytes = Buffer.allocUnsafeSlow(length);
        await into(bytes, position);
        return bytes;
      },
      readInto: into,
      release: () => {},
    };
  }

  async read(key: string, position: number, length: number): Promise<Buffer> {
    const object = await this.open(key);
    return object.read(position, length);
  }

  async readAll(key: string): Promise<Buffer> {
    checkKey(key);
    return s3Whole(this.bucket, key, patienceOf(this.settings));
  }

  async *stream(key: string): AsyncGenerator<Buffer> {
    checkKey(key);
    const end = await this.bucket.sizeOf(key);
    yield* s3Stream(this.bucket, key, { from: 0, end }, patienceOf(this.settings));
  }

  async layBy(key: string, asideKey: string): Promise<void> {
    for (const each of [key, asideKey]) checkKey(each);
    this.sizes.delete(key);
    try {
      await this.bucket.copy(key, asideKey);
    } catch (error) {
      if (error instanceof ObjectMissing) throw error;
      // Some servers copy nothing that has changed on their disk.
      const bytes = await this.receive(this.stream(key), Number.MAX_SAFE_INTEGER);
      await bytes.keep(asideKey).finally(bytes.discard);
    }
  }

  list(prefix: string, after = ''): AsyncIterable<ListedObject> {
    return this.bucket.list(prefix, after);
  }

  async delete(key: string): Promise<void> {
    checkKey(key);
    this.sizes.delete(key);
    await this.bucket.delete(key);
  }

  async close(): Promise<void> {
    this.incoming.close();
    this.inOrder.close();
    this.bucket.client.destroy();
  }
}
