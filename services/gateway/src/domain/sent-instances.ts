import { changedSetDigest, EMPTY_SET_DIGEST, type NamedBytes } from '@yinglian/dicom';

/** So many distinct instances were sent; null when the bytes of some are not known any more. */
export interface SentSet {
  readonly count: number;
  readonly digest: string | null;
}

/** What the registry has taken of a study, in one value. Of instances that were sent with several bytes the first count. */
export class SentInstances implements SentSet {
  private readonly uids = new Set<string>();
  digest: string | null = EMPTY_SET_DIGEST;

  get count(): number {
    return this.uids.size;
  }

  add(instances: readonly NamedBytes[]): void {
    const fresh = instances.filter(({ sopInstanceUid }) => this.isFresh(sopInstanceUid));
    if (this.digest !== null) this.digest = changedSetDigest(this.digest, fresh);
  }

  /** They were sent by a version that did not write down their bytes. */
  addUnknown(sopInstanceUids: readonly string[]): void {
    if (sopInstanceUids.filter((uid) => this.isFresh(uid)).length > 0) this.digest = null;
  }

  private isFresh(uid: string): boolean {
    const isFresh = !this.uids.has(uid);
    this.uids.add(uid);
    return isFresh;
  }
}
