import { Injectable } from '@nestjs/common';
import { actorOf } from '@yinglian/access';
import type { DicomJson } from '@yinglian/dicom';
import { type PersonPrincipal, type Result, success } from '@yinglian/platform';
import { pick } from '../domain/included-fields.js';
import { matchesKeys } from '../domain/match-keys.js';
import { keysOf } from '../domain/search-attributes.js';
import type { Search } from '../domain/search-keys.js';
import { inOrder } from '../find-studies/include-fields.js';
import { PageOfResults } from '../find-studies/page-of-results.js';
import { SearchPages } from '../find-studies/search-pages.js';
import { studyJson } from '../find-studies/study-json.js';
import { type Visit, WalkStudies } from '../find-studies/walk-studies.js';
import type { StudyRow } from '../storage/study-row.js';
import { seriesJson } from './series-json.js';
import { ToldSeries } from './told-series.js';

export interface FoundSeries {
  readonly series: readonly { readonly study: StudyRow; readonly seriesUid: string; readonly json: DicomJson }[];
  readonly more: boolean;
}

/** Series of a study, by their number, or of all studies that may be found, study by study. */
@Injectable()
export class FindSeriesHandler {
  constructor(
    private readonly walk: WalkStudies,
    private readonly told: ToldSeries,
    private readonly pages: SearchPages,
  ) {}

  /** Failures: QUERY_INVALID; the refusal's 403; STUDY_NOT_FOUND; SEARCH_TOO_BROAD. */
  async execute(
    caller: PersonPrincipal,
    studyUid: string | undefined,
    search: Search,
    dicomWebRoot: string,
  ): Promise<Result<FoundSeries>> {
    const actor = actorOf(caller);
    const keys = keysOf(search.keys, 'series');
    const start = studyUid === undefined ? this.pages.start(actor, 'series', search) : { skip: search.offset };
    const page = new PageOfResults<{ seriesUid: string; json: DicomJson }>(search.limit, start);
    const visit: Visit = async (studies) => {
      const passed = keys.size > 0 ? 0 : studies.findIndex((study) => !page.passesOver(study, study.series_count));
      const rest = passed < 0 ? [] : studies.slice(passed);
      const series = await this.told.ofStudies(rest.map(({ study_uid: uid }) => uid));
      return rest.every((study) => {
        const found = (series.get(study.study_uid) ?? []).map((row) => ({
          seriesUid: row.series_uid,
          json: seriesJson(row, dicomWebRoot),
        }));
        return page.take(
          study,
          found.filter(({ json }) => matchesKeys(json, keys, search)),
        );
      });
    };
    const walked = await (studyUid === undefined
      ? this.walk.ofProvince(caller, search, start, visit)
      : this.walk.ofStudy(caller, studyUid, search, visit));
    if (!walked.ok) return walked;
    if (studyUid === undefined) this.pages.keep(actor, 'series', search, page.results.length, page.end);
    const ofStudy = (study: StudyRow) => {
      const json = studyJson(study, dicomWebRoot);
      return studyUid === undefined ? json : pick(json, search.included);
    };
    const series = page.results.map(({ study, result: { seriesUid, json } }) => ({
      study,
      seriesUid,
      json: inOrder({ ...ofStudy(study), ...json }),
    }));
    return success({ series, more: page.more });
  }
}
