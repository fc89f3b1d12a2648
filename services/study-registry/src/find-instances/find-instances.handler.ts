import { Injectable } from '@nestjs/common';
import { actorOf } from '@yinglian/access';
import type { DicomJson } from '@yinglian/dicom';
import { Database } from '@yinglian/persistence';
import { failure, type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { pick } from '../domain/included-fields.js';
import { matchesKeys } from '../domain/match-keys.js';
import { keysOf } from '../domain/search-attributes.js';
import type { Search } from '../domain/search-keys.js';
import { seriesJson } from '../find-series/series-json.js';
import { ToldSeries } from '../find-series/told-series.js';
import { inOrder } from '../find-studies/include-fields.js';
import { PageOfResults } from '../find-studies/page-of-results.js';
import { SearchPages } from '../find-studies/search-pages.js';
import { studyJson } from '../find-studies/study-json.js';
import { WalkStudies } from '../find-studies/walk-studies.js';
import { SeriesStore } from '../storage/series.store.js';
import { type StoredInstance, StudyContents } from '../storage/study-contents.js';
import type { SeriesRow, StudyRow } from '../storage/study-row.js';
import { registryProblems } from '../study-registry.errors.js';
import { instanceJson } from './instance-json.js';

export interface FoundInstances {
  readonly instances: readonly { readonly study: StudyRow; readonly json: DicomJson; readonly image: StoredInstance }[];
  readonly more: boolean;
}

/** Whose instances: of a series, of a study, or of all studies that may be found. */
export interface InstancesOf {
  readonly studyUid?: string;
  readonly seriesUid?: string;
}

/** That one request looks through at most. */
export const INSTANCES_LOOKED_THROUGH = 100_000;

interface Found {
  readonly image: StoredInstance;
  readonly series: SeriesRow | undefined;
}

/** Instances in the order in which they arrived, series by series; of all studies, study by study. */
@Injectable()
export class FindInstancesHandler {
  constructor(
    private readonly walk: WalkStudies,
    private readonly told: ToldSeries,
    private readonly contents: StudyContents,
    private readonly pages: SearchPages,
    private readonly database: Database,
  ) {}

  /** Failures: QUERY_INVALID; the refusal's 403; STUDY_NOT_FOUND, SERIES_NOT_FOUND; SEARCH_TOO_BROAD. */
  async execute(
    caller: PersonPrincipal,
    { studyUid, seriesUid }: InstancesOf,
    search: Search,
    dicomWebRoot: string,
  ): Promise<Result<FoundInstances>> {
    const actor = actorOf(caller);
    const start = studyUid === undefined ? this.pages.start(actor, 'instances', search) : { skip: search.offset };
    const page = new PageOfResults<Found>(search.limit, start);
    let looked = 0;
    let isTooBroad = false;
    const visit = async (studies: readonly StudyRow[]) => {
      const series = await this.told.ofStudies(studies.map(({ study_uid: uid }) => uid));
      for (const study of studies) {
        const wanted = (series.get(study.study_uid) ?? []).filter((row) =>
          this.isWanted(row, seriesUid, search, dicomWebRoot),
        );
        const counted = wanted.reduce((sum, row) => sum + row.instance_count, 0);
        // What no key of instances is asked of need not be read to be passed over.
        if (keysOf(search.keys, 'instance').size === 0 && page.passesOver(study, counted)) continue;
        looked += counted;
        if (studyUid === undefined && looked > INSTANCES_LOOKED_THROUGH) {
          isTooBroad = true;
          return false;
        }
        if (!page.take(study, await this.instancesOf(study, wanted, search, dicomWebRoot))) return false;
      }
      return true;
    };
    const walked = await (studyUid === undefined
      ? this.walk.ofProvince(caller, search, start, visit)
      : this.walk.ofStudy(caller, studyUid, search, visit));
    if (!walked.ok) return walked;
    if (isTooBroad) return failure(registryProblems.SEARCH_TOO_BROAD);
    if (studyUid === undefined) this.pages.keep(actor, 'instances', search, page.results.length, page.end);
    else if (seriesUid !== undefined && (await this.isUnknown(studyUid, seriesUid))) {
      return failure(registryProblems.SERIES_NOT_FOUND);
    }
    const json = (study: StudyRow, { image, series }: Found) => {
      const above = {
        ...studyJson(study, dicomWebRoot),
        ...(series === undefined ? {} : seriesJson(series, dicomWebRoot)),
      };
      const told = studyUid === undefined ? above : pick(above, search.included);
      return inOrder({ ...told, ...instanceJson(study.study_uid, image, dicomWebRoot), ...zoneOf(series) });
    };
    const instances = page.results.map(({ study, result }) => ({
      study,
      json: json(study, result),
      image: result.image,
    }));
    return success({ instances, more: page.more });
  }

  private isWanted(row: SeriesRow, seriesUid: string | undefined, search: Search, dicomWebRoot: string): boolean {
    if (seriesUid !== undefined && row.series_uid !== seriesUid) return false;
    return matchesKeys(seriesJson(row, dicomWebRoot), keysOf(search.keys, 'series'), search);
  }

  private async instancesOf(study: StudyRow, series: readonly SeriesRow[], search: Search, dicomWebRoot: string) {
    const bySeries = new Map(series.map((row) => [row.series_uid, row]));
    if (bySeries.size === 0) return [];
    const only = bySeries.size === 1 ? series[0]?.series_uid : undefined;
    const stored = await this.contents.of(study.study_uid, only);
    const keys = keysOf(search.keys, 'instance');
    return stored
      .filter((image) => bySeries.has(image.seriesUid))
      .filter((image) => matchesKeys(instanceJson(study.study_uid, image, dicomWebRoot), keys, search))
      .map((image) => ({ image, series: bySeries.get(image.seriesUid) }));
  }

  private async isUnknown(studyUid: string, seriesUid: string): Promise<boolean> {
    return (await new SeriesStore(this.database).find(studyUid, seriesUid)) === undefined;
  }
}

/** Timezone Offset From UTC (0008,0201), where the series' images say it. */
const zoneOf = (series: SeriesRow | undefined): DicomJson => {
  const zone = series?.told?.['00080201'];
  return zone === undefined ? {} : { '00080201': zone };
};
