import { gunzipSync, gzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import type { DicomJson } from '@yinglian/dicom';
import { ObjectStore } from '@yinglian/objects';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { readPack } from '../receive-pack/read-pack.js';
import { DamageReports, type ReportsDamage, readingPack } from './damage-reports.js';
import { indexKey, metadataKey, PackIndex } from './pack-index.js';
import { PackOutlines } from './pack-outlines.js';

const INDEXES_AT_MOST = 4_096;
/** Not looked through: a file that gzip reads is the one that was written. */
const Metadata = z.array(z.custom<DicomJson>((value) => typeof value === 'object' && value !== null));

/** The derived files beside a pack: its index and its instances' metadata. What is missing or broken is made again, unless the pack is damaged too. */
@Injectable()
export class PackIndexStore {
  private readonly indexes = new LRUCache<string, Promise<PackIndex>>({ max: INDEXES_AT_MOST });

  private readonly outlines: PackOutlines;

  constructor(
    private readonly objects: ObjectStore,
    @Inject(DamageReports) private readonly reports: ReportsDamage,
  ) {
    this.outlines = new PackOutlines(objects);
  }

  /** Keeps what was read from a pack; it is a matter of speed only. */
  async put(digest: string, index: PackIndex, metadata: readonly DicomJson[]): Promise<void> {
    this.indexes.set(digest, Promise.resolve(index));
    await this.objects.putReproducible(indexKey(digest), gzipSync(JSON.stringify(index), { level: 1 }));
    await this.objects.putReproducible(metadataKey(digest), gzipSync(JSON.stringify(metadata), { level: 1 }));
  }

  /** The index of a pack that is in the store. */
  index(digest: string): Promise<PackIndex> {
    const known = this.indexes.get(digest);
    if (known !== undefined) return known;
    const loading = this.load(indexKey(digest), PackIndex).then((index) => index ?? this.again(digest, 'index'));
    this.indexes.set(digest, loading);
    loading.catch(() => this.indexes.delete(digest));
    return loading;
  }

  /** DICOM JSON of each instance of a pack, in the order of its manifest, as the hospital sent it. */
  async metadata(digest: string): Promise<readonly DicomJson[]> {
    return (await this.load(metadataKey(digest), Metadata)) ?? this.again(digest, 'metadata');
  }

  private async load<T>(key: string, schema: z.ZodType<T>): Promise<T | undefined> {
    try {
      const text = gunzipSync(await this.objects.readAll(key)).toString('utf8');
      return schema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  private again<Wanted extends 'index' | 'metadata'>(digest: string, wanted: Wanted) {
    return readingPack(digest, this.reports, () => this.readAgain(digest, wanted));
  }

  private async readAgain<Wanted extends 'index' | 'metadata'>(digest: string, wanted: Wanted) {
    const read = await this.outlines.read(digest, readPack);
    await this.put(digest, read.index, read.metadata);
    return read[wanted];
  }
}
