import { Injectable } from '@nestjs/common';
import { AccessDecisionPoint, actorOf } from '@yinglian/access';
import type { DicomJson } from '@yinglian/dicom';
import type { PersonPrincipal } from '@yinglian/platform';
import { asksImages, includedOf } from '../domain/included-fields.js';
import type { SearchLevel } from '../domain/search-attributes.js';
import type { Search } from '../domain/search-keys.js';
import { aboutStudy, listed } from '../open-study/about-study.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { StudyContents } from '../storage/study-contents.js';
import type { StudyResultRow } from '../storage/study-row.js';

/** A result, and one of its images; without one the first of its series, or of its study. */
export interface Describable {
  readonly study: StudyResultRow;
  readonly json: DicomJson;
  readonly seriesUid?: string;
  readonly image?: { readonly digest: string; readonly place: number };
}

/** Packs whose metadata is read for one answer at most. */
export const PACKS_READ_AT_MOST = 100;

/**
 * Adds to results what only images say. That is more than finding: it is told of studies that the caller may open, and recorded as
 * opening them (ADR 0005).
 */
@Injectable()
export class IncludeFields {
  constructor(
    private readonly access: AccessDecisionPoint,
    private readonly contents: StudyContents,
    private readonly indexes: PackIndexStore,
  ) {}

  /** The results in their order, and whether some of them lack what was asked for. */
  async add(caller: PersonPrincipal, { included }: Search, level: SearchLevel, results: readonly Describable[]) {
    if (!results.some(({ json }) => asksImages(included, level, json))) {
      return { results: results.map(({ json }) => json), incomplete: false };
    }
    const opened = await this.opened(caller, included, results);
    const described: DicomJson[] = [];
    const read = new Map<string, readonly DicomJson[]>();
    let incomplete = false;
    for (const result of results) {
      const mayRead = opened.has(result.study.study_uid) && read.size < PACKS_READ_AT_MOST;
      const image = mayRead ? (result.image ?? (await this.imageOf(result))) : undefined;
      if (image === undefined) {
        incomplete = true;
        described.push(result.json);
        continue;
      }
      const metadata = read.get(image.digest) ?? (await this.indexes.metadata(image.digest));
      read.set(image.digest, metadata);
      const told = includedOf(metadata[image.place] ?? {}, included, level);
      described.push(inOrder(withTold(result.json, told)));
    }
    return { results: described, incomplete };
  }

  private async opened(caller: PersonPrincipal, included: Search['included'], results: readonly Describable[]) {
    const studies = [...new Map(results.map(({ study }) => [study.study_uid, study])).values()];
    const first = studies.slice(0, PACKS_READ_AT_MOST);
    const would = await this.access.wouldPermit(actorOf(caller), first.map(listed));
    const opened = new Set<string>();
    for (const study of first) {
      if (would.get(study.study_uid)?.permitted !== true) continue;
      const request = aboutStudy('study.retrieve', caller, study.study_uid, study);
      const query = included === 'all' ? ['all'] : [...included];
      if ((await this.access.authorize(request, { query, partOfAView: true })).ok) opened.add(study.study_uid);
    }
    return opened;
  }

  private async imageOf({ study, seriesUid }: Describable) {
    const [instance] = await this.contents.of(study.study_uid, seriesUid);
    return instance;
  }
}

const REQUEST_ATTRIBUTES = '00400275';

/** What a result has of itself is under the province's identity, and stays; items of its requests have more in the image. */
function withTold(json: DicomJson, told: DicomJson): DicomJson {
  const [own, more] = [json[REQUEST_ATTRIBUTES]?.Value ?? [], told[REQUEST_ATTRIBUTES]?.Value];
  const items = more?.map((item, at) => Object.assign({}, item, own[at]));
  return { ...told, ...json, ...(items === undefined ? {} : { [REQUEST_ATTRIBUTES]: { vr: 'SQ', Value: items } }) };
}

export const inOrder = (json: DicomJson): DicomJson =>
  Object.fromEntries(Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1)));
