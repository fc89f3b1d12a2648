import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { ObjectMissing, ObjectStoreUnavailable } from '../object-store.errors.js';
import type { ListedObject } from '../objects.js';
import { s3Error } from './s3-errors.js';
import type { S3Settings } from './s3-settings.js';

export interface Answer {
  /** Of what comes now, not of the object. */
  readonly sizeBytes: number;
  readonly body: AsyncIterable<unknown> & { destroy(error?: Error): unknown };
}

/** One bucket, or what lies below a prefix in it: requests as they are, each made again within bounds by the SDK. */
export class S3Bucket {
  constructor(
    readonly client: S3Client,
    private readonly settings: S3Settings,
  ) {}

  /** How requests name an object. */
  at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: this.settings.prefix + key };
  }

  /** @throws ObjectMissing */
  async sizeOf(key: string): Promise<number> {
    const { ContentLength } = await this.client.send(new HeadObjectCommand(this.at(key))).catch(reason(key));
    if (ContentLength === undefined) throw new ObjectStoreUnavailable('The object store does not say how long it is');
    return ContentLength;
  }

  async has(key: string): Promise<boolean> {
    try {
      await this.sizeOf(key);
      return true;
    } catch (error) {
      if (error instanceof ObjectMissing) return false;
      throw error;
    }
  }

  /** The head of an answer; its body may still break. `end` is exclusive. @throws ObjectMissing, ObjectTooShort */
  async get(key: string, range?: { from: number; end: number }): Promise<Answer> {
    const asked = range === undefined ? {} : { Range: `bytes=${range.from}-${range.end - 1}` };
    const { Body, ContentLength } = await this.client
      .send(new GetObjectCommand({ ...this.at(key), ...asked }))
      .catch(reason(key));
    if (!isReadable(Body) || ContentLength === undefined)
      throw new ObjectStoreUnavailable('The object store answers without a length');
    return { sizeBytes: ContentLength, body: Body };
  }

  /** `sha256` in hexadecimal: the server refuses other bytes. */
  async put(key: string, bytes: Buffer, sha256: string): Promise<void> {
    const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
    await this.client
      .send(new PutObjectCommand({ ...this.at(key), Body: bytes, ContentLength: bytes.length, ChecksumSHA256 }))
      .catch(reason(key));
  }

  /** Within the server; S3 copies at most 5 GiB so. @throws ObjectMissing */
  async copy(key: string, to: string): Promise<void> {
    const { Bucket, Key } = this.at(key);
    await this.client
      .send(new CopyObjectCommand({ ...this.at(to), CopySource: encodeURI(`${Bucket}/${Key}`) }))
      .catch(reason(key));
  }

  async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.at(key))).catch(reason(key));
  }

  async *list(prefix: string, after: string): AsyncGenerator<ListedObject> {
    const { bucket, prefix: before } = this.settings;
    let from = after === '' ? '' : before + after;
    for (;;) {
      const { Contents = [], IsTruncated } = await this.client
        .send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: before + prefix,
            ...(from === '' ? {} : { StartAfter: from }),
          }),
        )
        .catch(reason(prefix));
      for (const { Key = '', Size = 0 } of Contents) {
        yield { key: Key.slice(before.length), sizeBytes: Size };
        from = Key;
      }
      if (IsTruncated !== true || Contents.length === 0) return;
    }
  }
}

const reason = (key: string) => (error: unknown) => {
  throw s3Error(error, key);
};

const isReadable = (body: unknown): body is Answer['body'] =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
