import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type CutText, cutText } from '../domain/identified-text.js';
import { instancePath } from '../find-instances/instance-json.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import type { StoredInstance } from '../storage/study-contents.js';
import { withBulkData } from './with-bulk-data.js';

/** A CT slice has some 2,000. */
const BYTES_AT_MOST = 24 * 1024 * 1024;

interface PackOf {
  readonly studyUid: string;
  readonly seriesUid: string;
}

/** The metadata of packs that were asked for last, as text that needs no more than an identity. */
@Injectable()
export class MetadataTexts {
  private readonly packs: LRUCache<string, readonly CutText[], PackOf>;

  constructor(private readonly indexes: PackIndexStore) {
    this.packs = new LRUCache<string, readonly CutText[], PackOf>({
      maxSize: BYTES_AT_MOST,
      sizeCalculation: (texts) => texts.reduce((sum, { bytes }) => sum + bytes.length, 1),
      fetchMethod: (digest, _, { context }) => this.read(digest, context),
    });
  }

  /** Of instances of one pack, in their order. */
  async of(studyUid: string, instances: readonly [StoredInstance, ...StoredInstance[]]): Promise<CutText[]> {
    const [{ digest, seriesUid }] = instances;
    const texts = await this.packs.forceFetch(digest, { context: { studyUid, seriesUid } });
    return instances.flatMap(({ place }) => texts[place] ?? []);
  }

  private async read(digest: string, { studyUid, seriesUid }: PackOf): Promise<CutText[]> {
    const [index, metadata] = await Promise.all([this.indexes.index(digest), this.indexes.metadata(digest)]);
    return index.instances.map(({ sopInstanceUid }, place) =>
      cutText(withBulkData(metadata[place] ?? {}, instancePath(studyUid, { seriesUid, sopInstanceUid }))),
    );
  }
}
