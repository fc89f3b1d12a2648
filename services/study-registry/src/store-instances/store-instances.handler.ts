import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import {
  ignoredPart,
  isDicomPart,
  type PartOutcome,
  readParts,
  type StowHead,
  statusOf,
  stowProblems,
  TooManyParts,
} from '@yinglian/dicom';
import { ObjectStore } from '@yinglian/objects';
import { failure, platformProblems, type Result, success } from '@yinglian/platform';
import { MetadataBroken, MetadataTooLong } from './from-metadata/metadata-errors.js';
import { readDescribed } from './from-metadata/read-described.js';
import { SpoolFull } from './from-metadata/spool.js';
import { type Check, IncomingFile } from './incoming-file.js';
import { RegisterStoredPack } from './register-stored-pack.js';
import { SeriesPacks } from './series-packs.js';
import type { FileOutcome } from './stored-file.js';

export interface StoreRequest extends Omit<StowHead, 'answerType'> {
  readonly body: Readable;
  /** The hospital whose program stores. */
  readonly hospital: string;
}

export interface StoredInstances {
  /** In the order of the parts. */
  readonly outcomes: readonly PartOutcome[];
  /** There were more parts than a request may have, or more bulk data than may wait: what is behind was not looked at. */
  readonly isTooLong: boolean;
}

/** Requests of one hospital at the same time, and of all; each may hold some megabytes on their way to the store. */
const [MOST_OF_HOSPITAL, MOST_REQUESTS] = [8, 16];

/** STOW-RS (PS3.18 section 10.5): what a hospital's program stores is packed and registered before it is answered (ADR 0039). */
export class StoreInstancesHandler {
  private readonly logger = new Logger(StoreInstancesHandler.name);
  private readonly active: string[] = [];

  constructor(
    private readonly objects: ObjectStore,
    private readonly registerPack: RegisterStoredPack,
    /** Who sends nothing for so long is gone. */
    private readonly idleMs: number,
    /** Where bulk data waits for what belongs to it. */
    private readonly spoolFolder: string,
  ) {}

  /** Failures: STOW_WITHOUT_INSTANCES, STOW_MULTIPART_BROKEN, STOW_METADATA_BROKEN, STOW_METADATA_TOO_LONG, UNAVAILABLE. Throws what keeps every instance from being stored. */
  async execute(request: StoreRequest): Promise<Result<StoredInstances>> {
    const { hospital } = request;
    const ofHospital = this.active.filter((code) => code === hospital).length;
    if (this.active.length >= MOST_REQUESTS || ofHospital >= MOST_OF_HOSPITAL) {
      return failure(platformProblems.UNAVAILABLE, 'Too many requests at once');
    }
    this.active.push(hospital);
    const packs = new SeriesPacks(hospital, this.objects, this.registerPack);
    try {
      return await this.store(request, packs);
    } finally {
      this.active.splice(this.active.indexOf(hospital), 1);
      await packs.abandon();
    }
  }

  private async store(request: StoreRequest, packs: SeriesPacks): Promise<Result<StoredInstances>> {
    const check = checkOf(request);
    const { content } = request;
    const body = { ...request, idleMs: this.idleMs };
    const { outcomes: files, broken } =
      content === 'application/dicom'
        ? await readParts<FileOutcome>(body, ({ contentType }) =>
            isDicomPart(contentType) ? new IncomingFile(packs, check) : ignoredPart({ failed: statusOf('not-dicom') }),
          )
        : await readDescribed(body, content, { packs, check, spoolFolder: this.spoolFolder });
    await packs.close();
    const outcomes = await Promise.all(files);
    const isKept = outcomes.some((outcome) => 'stored' in outcome);
    this.lookAtCauses(outcomes, isKept);
    if (broken instanceof MetadataBroken) return failure(stowProblems.STOW_METADATA_BROKEN, broken.message);
    if (broken instanceof MetadataTooLong) return failure(stowProblems.STOW_METADATA_TOO_LONG, broken.message);
    if (broken instanceof TooManyParts || broken instanceof SpoolFull) return success({ outcomes, isTooLong: true });
    if (broken === undefined) {
      return outcomes.length === 0
        ? failure(stowProblems.STOW_WITHOUT_INSTANCES)
        : success({ outcomes, isTooLong: false });
    }
    // 400 says that nothing was stored (PS3.18 table 10.5.3-1); whole parts before the break are.
    if (!isKept) return failure(stowProblems.STOW_MULTIPART_BROKEN, broken.message);
    return success({ outcomes: [...outcomes, { failed: statusOf('cut-short') }], isTooLong: false });
  }

  /** When nothing could be stored for a reason of this side, that is the answer. */
  private lookAtCauses(outcomes: readonly FileOutcome[], isKept: boolean): void {
    const causes = new Set(outcomes.flatMap(({ cause }) => (cause === undefined ? [] : [cause])));
    for (const cause of causes) {
      if (!isKept) throw cause;
      this.logger.error({ err: cause }, 'A pack of stored instances could not be registered');
    }
  }
}

const checkOf =
  ({ studyInstanceUid: wanted }: StoreRequest): Check =>
  ({ studyInstanceUid }) =>
    wanted === undefined || wanted === studyInstanceUid ? undefined : 'other-study';
