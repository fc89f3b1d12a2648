import { Injectable, Logger } from '@nestjs/common';
import { HeaderError, PackError } from '@yinglian/dicom';
import { ObjectDamaged, ObjectMissing, ObjectTooShort } from '@yinglian/objects';
import { Database } from '@yinglian/persistence';
import { messageOf, ProblemError } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import { registryProblems } from '../study-registry.errors.js';
import { ScrubRequestStore } from './scrub-request.store.js';

const SAID_AT_MOST = 1_000;
/** One damaged pack may be asked for many times a second. */
const SAID_FOR_MS = 10_000;

/** Who meets a damaged pack while it answers says so here; it is read and healed at once (ADR 0029). */
@Injectable()
export class DamageReports {
  private readonly logger = new Logger(DamageReports.name);
  private readonly said = new LRUCache<string, true>({ max: SAID_AT_MOST, ttl: SAID_FOR_MS });

  constructor(private readonly database: Database) {}

  async report(digest: string): Promise<void> {
    if (this.said.has(digest)) return;
    this.said.set(digest, true);
    try {
      await new ScrubRequestStore(this.database).addUnlessKnown(digest, 'retrieval');
    } catch (error) {
      this.said.delete(digest);
      this.logger.warn(`A damaged pack is reported when it is met next: ${messageOf(error)}`);
    }
  }
}

export type ReportsDamage = Pick<DamageReports, 'report'>;

/** Whether bytes that were sound when they came can only be read so since they have changed. */
const isDamage = (error: unknown): boolean =>
  [ObjectMissing, ObjectTooShort, ObjectDamaged, PackError, HeaderError].some((kind) => error instanceof kind);

/** What a reading of a pack says: INSTANCE_DAMAGED when the pack is not what it was. */
export async function readingPack<T>(digest: string, reports: ReportsDamage, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    await reports.report(digest);
    throw new ProblemError(registryProblems.INSTANCE_DAMAGED);
  }
}
