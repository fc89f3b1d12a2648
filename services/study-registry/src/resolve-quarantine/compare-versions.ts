import { Injectable } from '@nestjs/common';
import type { PackInstance } from '@yinglian/dicom';
import { Database } from '@yinglian/persistence';
import { compareHeaders, type Difference } from '../domain/compare-headers.js';
import type { Version } from '../domain/exchange-versions.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { PackManifests } from '../storage/pack-manifests.js';
import { QuarantineStore } from '../storage/quarantine.store.js';
import type { QuarantineCase } from '../storage/quarantine-case.js';
import { type StoredInstance, StudyContents } from '../storage/study-contents.js';
import { ComparePixels, type PixelComparison } from './compare-pixels.js';

/** Instances of a case that are compared: what differs in twenty slices differs in four hundred. */
const COMPARED_AT_MOST = 20;
const DIFFERENCES_AT_MOST = 200;

/** One version of what was compared, in sum. */
export interface Side {
  readonly hospital: string;
  readonly sizeBytes: number;
  readonly receivedFrom: string;
  readonly receivedTo: string;
  readonly callingAeTitles: readonly string[];
  readonly via: readonly string[];
  readonly transferSyntaxUids: readonly string[];
}

export interface ComparedInstance {
  readonly sopInstanceUid: string;
  readonly instanceNumber: string;
  /** SHA-256 of the data sets. */
  readonly first: string | null;
  readonly other: string;
  readonly pixels: PixelComparison;
  readonly differences: number;
}

export interface CaseComparison {
  /** What was there before; null where nothing of the same UIDs is registered. */
  readonly first: Side | null;
  readonly other: Side | null;
  readonly compared: readonly ComparedInstance[];
  /** Each with the values of the first instance that has it, and the count of compared instances that do. */
  readonly differences: readonly (Difference & { readonly instances: number })[];
}

interface Located {
  readonly instance: StoredInstance;
  readonly received: PackInstance;
  readonly hospital: string;
}

/** Compares the versions of a case: headers, pixels, where they came from. */
@Injectable()
export class CompareVersions {
  constructor(
    private readonly database: Database,
    private readonly contents: StudyContents,
    private readonly indexes: PackIndexStore,
    private readonly manifests: PackManifests,
    private readonly comparePixels: ComparePixels,
  ) {}

  async of({ caseId, studyUid, seriesUid, state }: QuarantineCase): Promise<CaseComparison> {
    const versions = await new QuarantineStore(this.database).versions(caseId, COMPARED_AT_MOST);
    const registered = await this.contents.registeredOf(studyUid);
    const known = new Map(registered.map((instance) => [instance.sopInstanceUid, instance]));
    const pairs = await Promise.all(
      versions.map(async (version) => {
        const before = state === 'taken' ? version.displaced : known.get(version.sopInstanceUid);
        const first = before ? await this.locate(seriesUid, before) : null;
        return { first, other: await this.locate(seriesUid, version) };
      }),
    );
    const budget = this.comparePixels.budget();
    const compared: ComparedInstance[] = [];
    const differences = new Map<string, Difference & { instances: number }>();
    for (const { first, other } of pairs) {
      const found = first === null ? [] : await this.headers(first.instance, other.instance);
      for (const difference of found) count(differences, difference);
      compared.push({
        sopInstanceUid: other.instance.sopInstanceUid,
        instanceNumber: other.instance.instanceNumber,
        first: first?.instance.dataSetSha256 ?? null,
        other: other.instance.dataSetSha256,
        pixels: first === null ? 'not-compared' : await this.comparePixels.of(first.instance, other.instance, budget),
        differences: found.length,
      });
    }
    return {
      first: sideOf(pairs.flatMap(({ first }) => first ?? [])),
      other: sideOf(pairs.map(({ other }) => other)),
      compared,
      differences: [...differences.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
    };
  }

  private async locate(seriesUid: string, { digest, place }: Pick<Version, 'digest' | 'place'>): Promise<Located> {
    const [{ instances }, manifest] = await Promise.all([this.indexes.index(digest), this.manifests.of(digest)]);
    const [indexed, received] = [instances[place], manifest.instances[place]];
    if (indexed === undefined || received === undefined)
      throw new Error('A pack has fewer instances than its rows say');
    return { instance: { ...indexed, seriesUid, digest, place }, received, hospital: manifest.hospital };
  }

  private async headers(first: StoredInstance, other: StoredInstance): Promise<Difference[]> {
    const [before, after] = await Promise.all([
      this.indexes.metadata(first.digest),
      this.indexes.metadata(other.digest),
    ]);
    return compareHeaders(before[first.place] ?? {}, after[other.place] ?? {});
  }
}

function count(differences: Map<string, Difference & { instances: number }>, difference: Difference): void {
  const known = differences.get(difference.tag);
  if (known !== undefined) known.instances += 1;
  else if (differences.size < DIFFERENCES_AT_MOST) differences.set(difference.tag, { ...difference, instances: 1 });
}

function sideOf(located: readonly Located[]): Side | null {
  const [some] = located;
  if (some === undefined) return null;
  const times = located.map(({ received }) => received.receivedAt).sort();
  const distinct = (values: readonly (string | null)[]) => [...new Set(values)].flatMap((value) => value ?? []).sort();
  return {
    hospital: some.hospital,
    sizeBytes: located.reduce((sum, { instance }) => sum + instance.length, 0),
    receivedFrom: times[0] ?? '',
    receivedTo: times.at(-1) ?? '',
    callingAeTitles: distinct(located.map(({ received }) => received.callingAeTitle)),
    via: distinct(located.map(({ received }) => received.via)),
    transferSyntaxUids: distinct(located.map(({ instance }) => instance.transferSyntaxUid)),
  };
}
