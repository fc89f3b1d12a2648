import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { PackReceipt } from '@yinglian/contracts';
import { PACK_LIMIT_BYTES, PackError } from '@yinglian/dicom';
import { type IncomingObject, ObjectStore, ObjectStoreFull, ObjectTooLarge, WrongOffset } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { type Failure, failure, type Result, Slots, success } from '@yinglian/platform';
import { PackStore } from '../storage/pack.store.js';
import { registryProblems } from '../study-registry.errors.js';
import { KeepPack } from './keep-pack.js';
import { PackReceipts } from './pack-receipts.js';
import { readPack } from './read-pack.js';
import { UploadBroken, UploadsUnderWay } from './uploads-under-way.js';

/** Packs that stream in at once; further ones wait unread, which slows their senders down. */
const STREAMING_AT_ONCE = 8;
/** Packs that are read through at once: more would only share the processor. */
const READING_AT_ONCE = 2;

export interface PackDelivery {
  readonly digest: string;
  /** The hospital that the sending client belongs to. */
  readonly hospital: string | null;
  readonly bytes: Readable;
  /** Where in the pack they begin. */
  readonly from: number;
}

export interface ReceivedPack extends PackReceipt {
  /** Whether it was there before. */
  readonly known: boolean;
}

/** Stores a pack under its SHA-256 and registers what is in it. */
@Injectable()
export class ReceivePackHandler {
  private readonly streaming = new Slots(STREAMING_AT_ONCE);
  private readonly reading = new Slots(READING_AT_ONCE);
  private readonly underWay = new UploadsUnderWay();

  constructor(
    private readonly database: Database,
    private readonly objects: ObjectStore,
    private readonly keepPack: KeepPack,
    private readonly receipts: PackReceipts,
  ) {}

  /**
   * How much of the pack is here, undefined when it is registered. Who asks has lost its connection: what still seems to come
   * over it is broken off first.
   */
  async offset(digest: string, hospital: string | null): Promise<number | undefined> {
    const unfinished = unfinishedName(digest, hospital);
    await this.underWay.breakOff(unfinished);
    if ((await new PackStore(this.database).find(digest)) !== undefined) return undefined;
    return this.objects.unfinishedBytes(unfinished);
  }

  /**
   * Failures: PACK_TOO_LARGE, PACK_DIGEST_MISMATCH, PACK_MALFORMED, PACK_OF_ANOTHER_HOSPITAL, STORE_FULL, UPLOAD_OFFSET_MISMATCH,
   * UPLOAD_BROKEN.
   */
  async execute({ digest, hospital, bytes, from }: PackDelivery): Promise<Result<ReceivedPack>> {
    const known = await this.receipts.of(digest);
    if (known !== undefined) {
      bytes.resume();
      return success({ ...known, known: true });
    }
    try {
      const unfinished = unfinishedName(digest, hospital);
      const object = await this.streaming.run(() =>
        this.underWay.run(unfinished, bytes, (pieces) =>
          this.objects.receive(pieces, PACK_LIMIT_BYTES, { unfinished, from }),
        ),
      );
      return await this.take(digest, hospital, object);
    } catch (error) {
      return problemOf(error);
    }
  }

  private async take(digest: string, hospital: string | null, object: IncomingObject): Promise<Result<ReceivedPack>> {
    try {
      if (object.sha256 !== digest) return failure(registryProblems.PACK_DIGEST_MISMATCH);
      const pack = await this.reading.run(() => readPack(object));
      if (pack.manifest.hospital !== hospital) return failure(registryProblems.PACK_OF_ANOTHER_HOSPITAL);
      return success({ ...(await this.keepPack.execute(object, pack)), known: false });
    } finally {
      await object.discard();
    }
  }
}

const unfinishedName = (digest: string, hospital: string | null) => ({ owner: hospital ?? 'none', name: digest });

function problemOf(error: unknown): Failure {
  if (error instanceof PackError) return failure(registryProblems.PACK_MALFORMED, error.message);
  if (error instanceof ObjectTooLarge) return failure(registryProblems.PACK_TOO_LARGE);
  if (error instanceof ObjectStoreFull) return failure(registryProblems.STORE_FULL);
  if (error instanceof UploadBroken) return failure(registryProblems.UPLOAD_BROKEN);
  if (error instanceof WrongOffset) return failure(registryProblems.UPLOAD_OFFSET_MISMATCH);
  throw error;
}
