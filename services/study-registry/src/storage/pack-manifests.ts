import { Inject, Injectable } from '@nestjs/common';
import { type PackManifest, readManifest } from '@yinglian/dicom';
import { LRUCache } from 'lru-cache';
import { DamageReports, type ReportsDamage, readingPack } from './damage-reports.js';
import { PackOutlines } from './pack-outlines.js';

const MANIFESTS_AT_MOST = 64;

/** What gateways say about packs: when each instance was received, from whom and how. */
@Injectable()
export class PackManifests {
  private readonly manifests = new LRUCache<string, Promise<PackManifest>>({ max: MANIFESTS_AT_MOST });

  constructor(
    private readonly outlines: PackOutlines,
    @Inject(DamageReports) private readonly reports: ReportsDamage,
  ) {}

  /** The manifest of a pack that is in the store. */
  of(digest: string): Promise<PackManifest> {
    const known = this.manifests.get(digest);
    if (known !== undefined) return known;
    const reading = readingPack(digest, this.reports, () => this.read(digest));
    this.manifests.set(digest, reading);
    reading.catch(() => this.manifests.delete(digest));
    return reading;
  }

  private read(digest: string): Promise<PackManifest> {
    return this.outlines.read(digest, (pack) =>
      readManifest(pack.sizeBytes, (position, length) => pack.read(position, length)),
    );
  }
}
