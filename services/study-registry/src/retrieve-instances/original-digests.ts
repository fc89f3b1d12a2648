import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Slots } from '@yinglian/platform';
import { LRUCache } from 'lru-cache';
import { InstanceBytes } from '../storage/instance-bytes.js';
import { nameOf, type StoredInstance } from '../storage/study-contents.js';
import { VerifiedFiles } from './verified-files.js';

const DIGESTS_AT_MOST = 16_384;
const AT_ONCE = 2;
const PIECE_BYTES = 1024 * 1024;
/** As much as a pack of several instances has; it takes some 20 ms. */
const UNASKED_BYTES = 32 * 1024 * 1024;

/**
 * SHA-256 of files as they were received, in base64. Packs keep the one of each data set, which is compared on the way: what is told
 * of a file is never told of one that has changed on the disk.
 */
@Injectable()
export class OriginalDigests {
  private readonly known = new LRUCache<string, string>({ max: DIGESTS_AT_MOST });
  private readonly slots = new Slots(AT_ONCE);

  constructor(
    private readonly bytes: InstanceBytes,
    private readonly files: VerifiedFiles,
  ) {}

  /** Undefined for a file that is long or at its hospital, and that nobody has asked about. Throws INSTANCE_DAMAGED. */
  async of(instance: StoredInstance, isAskedFor: boolean): Promise<string | undefined> {
    const key = nameOf(instance);
    const known = this.known.get(key);
    if (known !== undefined || (!isAskedFor && instance.length > UNASKED_BYTES)) return known;
    if (!isAskedFor && !(await this.bytes.areHere(instance))) return undefined;
    const found = await this.slots.run(() => this.read(instance));
    this.known.set(key, found);
    return found;
  }

  private async read(instance: StoredInstance): Promise<string> {
    const file = createHash('sha256');
    const dataSet = createHash('sha256');
    let dataSetFrom = instance.dataSetOffset;
    for await (const piece of this.bytes.file(
      instance,
      Buffer.allocUnsafeSlow(Math.min(instance.length, PIECE_BYTES)),
    )) {
      file.update(piece);
      dataSet.update(piece.subarray(dataSetFrom));
      dataSetFrom = Math.max(dataSetFrom - piece.length, 0);
    }
    if (dataSet.digest('hex') !== instance.dataSetSha256) throw await this.files.damaged(instance);
    this.files.verified(instance);
    return file.digest('base64');
  }
}
