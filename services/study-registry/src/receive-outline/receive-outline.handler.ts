import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { OUTLINE_LIMIT_BYTES, PackOutline } from '@yinglian/dicom';
import { type IncomingObject, ObjectStore } from '@yinglian/objects';
import { failure, type Result, Slots, success } from '@yinglian/platform';
import { problemOf } from '../receive-pack/pack-problems.js';
import { PackReceipts } from '../receive-pack/pack-receipts.js';
import { readPack } from '../receive-pack/read-pack.js';
import type { ReceivedPack } from '../receive-pack/receive-pack.handler.js';
import { RegisterPackHandler } from '../receive-pack/register-pack.handler.js';
import { UploadsUnderWay } from '../receive-pack/uploads-under-way.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { outlineKey } from '../storage/pack-outlines.js';
import { registryProblems } from '../study-registry.errors.js';

/** Each is held in memory, 256 MiB at most. */
const AT_ONCE = 2;

export interface OutlineDelivery {
  /** SHA-256 of the pack. */
  readonly digest: string;
  /** The hospital that the sending client belongs to. */
  readonly hospital: string | null;
  readonly bytes: Readable;
}

/** Registers a pack that stays at its hospital, by what its gateway says of it (ADR 0038). */
@Injectable()
export class ReceiveOutlineHandler {
  private readonly slots = new Slots(AT_ONCE);
  private readonly underWay = new UploadsUnderWay();

  constructor(
    private readonly objects: ObjectStore,
    private readonly indexes: PackIndexStore,
    private readonly registerPack: RegisterPackHandler,
    private readonly receipts: PackReceipts,
  ) {}

  async isKnown(digest: string): Promise<boolean> {
    return (await this.receipts.of(digest)) !== undefined;
  }

  /** Failures: PACK_TOO_LARGE, PACK_MALFORMED, PACK_OF_ANOTHER_HOSPITAL, STORE_FULL, UPLOAD_BROKEN. */
  async execute({ digest, hospital, bytes }: OutlineDelivery): Promise<Result<ReceivedPack>> {
    const known = await this.receipts.of(digest);
    if (known !== undefined) {
      bytes.resume();
      return success({ ...known, known: true });
    }
    try {
      return await this.slots.run(async () => {
        const name = { owner: hospital ?? 'none', name: `${digest}-outline` };
        const object = await this.underWay.run(name, bytes, (pieces) =>
          this.objects.receive(pieces, OUTLINE_LIMIT_BYTES),
        );
        return this.take(digest, hospital, object).finally(object.discard);
      });
    } catch (error) {
      return problemOf(error);
    }
  }

  private async take(digest: string, hospital: string | null, object: IncomingObject): Promise<Result<ReceivedPack>> {
    const outline = PackOutline.parse(await object.read(0, object.sizeBytes));
    const pack = await readPack(outline);
    if (pack.manifest.hospital !== hospital) return failure(registryProblems.PACK_OF_ANOTHER_HOSPITAL);
    await object.keep(outlineKey(digest));
    await this.indexes.put(digest, pack.index, pack.metadata);
    const receipt = await this.registerPack.execute(digest, outline.sizeBytes, pack, new Date(), {
      isAtHospital: true,
    });
    return success({ ...receipt, known: false });
  }
}
