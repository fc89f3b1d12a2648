import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { PackReceipt } from '@yinglian/contracts';
import { PACK_LIMIT_BYTES } from '@yinglian/dicom';
import { type IncomingObject, ObjectStore } from '@yinglian/objects';
import { failure, type Result, Slots, success } from '@yinglian/platform';
import type { ArrivingPack } from '../pull-packs/arriving-pack.js';
import { ArrivingPacks } from '../pull-packs/arriving-packs.js';
import { registryProblems } from '../study-registry.errors.js';
import { KeepPack } from './keep-pack.js';
import { problemOf } from './pack-problems.js';
import { PackReceipts } from './pack-receipts.js';
import { type ReadPack, readPack } from './read-pack.js';
import { UploadsUnderWay } from './uploads-under-way.js';

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
  /** Those that somebody waits for. */
  private readonly pulling = new Slots(STREAMING_AT_ONCE);
  private readonly reading = new Slots(READING_AT_ONCE);
  private readonly underWay = new UploadsUnderWay();

  constructor(
    private readonly objects: ObjectStore,
    private readonly keepPack: KeepPack,
    private readonly receipts: PackReceipts,
    private readonly arriving: ArrivingPacks,
  ) {}

  /**
   * How much of the pack is here, undefined when all of it is. Who asks has lost its connection: what still seems to come
   * over it is broken off first.
   */
  async offset(digest: string, hospital: string | null): Promise<number | undefined> {
    const unfinished = unfinishedName(digest, hospital);
    await this.underWay.breakOff(unfinished);
    if ((await this.receipts.registered(digest))?.atHospital === false) return undefined;
    return this.objects.unfinishedBytes(unfinished);
  }

  /**
   * Failures: PACK_TOO_LARGE, PACK_DIGEST_MISMATCH, PACK_MALFORMED, PACK_NOT_AS_OUTLINED, PACK_OF_ANOTHER_HOSPITAL, STORE_FULL,
   * UPLOAD_OFFSET_MISMATCH, UPLOAD_BROKEN.
   */
  async execute(delivery: PackDelivery): Promise<Result<ReceivedPack>> {
    const { digest, bytes } = delivery;
    const registered = await this.receipts.registered(digest);
    const isHere =
      registered?.atHospital === false &&
      (await this.receipts.isHereForGood({ digest, studyUid: registered.studyUid }));
    const receipt = isHere ? await this.receipts.of(digest) : undefined;
    if (receipt !== undefined) {
      bytes.resume();
      return success({ ...receipt, known: true });
    }
    const isPulled = registered !== undefined && registered.hospital === delivery.hospital;
    const arrival = isPulled ? await this.arriving.begin(digest) : undefined;
    try {
      const object = await (isPulled ? this.pulling : this.streaming).run(() => this.stream(delivery, arrival));
      return await this.take(delivery, object, isPulled);
    } catch (error) {
      return problemOf(error);
    } finally {
      arrival?.detach();
    }
  }

  private stream({ digest, hospital, bytes, from }: PackDelivery, arrival: ArrivingPack | undefined) {
    const unfinished = unfinishedName(digest, hospital);
    return this.underWay.run(unfinished, bytes, (pieces) =>
      this.objects.receive(arrival?.looked(pieces, from) ?? pieces, PACK_LIMIT_BYTES, { unfinished, from }, arrival),
    );
  }

  private async take(
    { digest, hospital }: PackDelivery,
    object: IncomingObject,
    isPulled: boolean,
  ): Promise<Result<ReceivedPack>> {
    try {
      const checked = await this.check(digest, hospital, object);
      if (!checked.ok) {
        if (isPulled) await this.arriving.refused(digest, hospital ?? '');
        return checked;
      }
      const receipt = await this.keepPack.execute(object, checked.value);
      if (isPulled) await this.arriving.arrived(digest);
      return success({ ...receipt, known: false });
    } finally {
      await object.discard();
    }
  }

  private async check(digest: string, hospital: string | null, object: IncomingObject): Promise<Result<ReadPack>> {
    if (object.sha256 !== digest) return failure(registryProblems.PACK_DIGEST_MISMATCH);
    const pack = await this.reading.run(() => readPack(object));
    if (pack.manifest.hospital !== hospital) return failure(registryProblems.PACK_OF_ANOTHER_HOSPITAL);
    if (!(await this.arriving.agrees(digest, object))) return failure(registryProblems.PACK_NOT_AS_OUTLINED);
    return success(pack);
  }
}

const unfinishedName = (digest: string, hospital: string | null) => ({ owner: hospital ?? 'none', name: digest });
