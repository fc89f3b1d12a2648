import { createHash, type Hash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { ProblemError } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import { DamageReports } from '../storage/damage-reports.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { registryProblems } from '../study-registry.errors.js';
import type { StoredBody } from './body.js';

const FILES_AT_MOST = 65_536;
const GOOD_FOR_MS = 24 * 3_600_000;

/** Files whose data sets were read whole within a day, and were those that were received (ADR 0044). */
@Injectable()
export class VerifiedFiles {
  private readonly logger = new Logger(VerifiedFiles.name);
  private readonly known = new LRUCache<string, true>({ max: FILES_AT_MOST, ttl: GOOD_FOR_MS });

  constructor(private readonly reports: DamageReports) {}

  verified(instance: StoredInstance): void {
    this.known.set(nameOf(instance), true);
  }

  isVerified(instance: StoredInstance): boolean {
    return this.known.has(nameOf(instance));
  }

  /** What is thrown about a file that is not the one that was received, once that is reported. */
  async damaged(instance: StoredInstance): Promise<ProblemError> {
    this.logger.error(
      `Pack ${instance.digest} is damaged: instance ${instance.place} is not the one that was received`,
    );
    await this.reports.report(instance.digest);
    return new ProblemError(registryProblems.INSTANCE_DAMAGED);
  }

  /**
   * A file as it is stored, hashed while it is given unless that was done within a day. Its last bytes are given when all are those that
   * were received; else its pieces throw INSTANCE_DAMAGED.
   */
  body(stored: StoredBody, instance: StoredInstance): StoredBody {
    // Nothing is begun for files that are not read yet: a study has thousands.
    let hash: Hash | undefined;
    let at = 0;
    const checked = async function* (this: VerifiedFiles, pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash ??= createHash('sha256');
        hash.update(piece.subarray(Math.max(instance.dataSetOffset - at, 0)));
        at += piece.length;
        if (at === instance.length) {
          if (hash.digest('hex') !== instance.dataSetSha256) throw await this.damaged(instance);
          this.verified(instance);
        }
        yield piece;
      }
    }.bind(this);
    // Pieces that do not go on where the last ones ended are somebody's range: nothing is said of them.
    const from = (start: number, body: StoredBody): StoredBody => ({
      ...body,
      pieces: (scratch) =>
        start !== at || this.isVerified(instance) ? body.pieces(scratch) : checked(body.pieces(scratch)),
    });
    return { ...from(0, stored), part: (part) => from(part.from, stored.part(part)) };
  }
}
