import { Injectable } from '@nestjs/common';
import type { ImagingStudy } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { ImagingStudyStore } from '../storage/imaging-study.store.js';
import { StudyContents } from '../storage/study-contents.js';
import type { SeriesRow, StudyRow } from '../storage/study-row.js';
import { ExchangeSettings } from './exchange-settings.js';
import { imagingStudyResource } from './imaging-study-resource.js';
import { seriesResource } from './series-resource.js';

/** Instances that one page lists; studies for which this does not suffice are told without, and a read lists theirs. */
const INSTANCES_ON_A_PAGE = 2_000;

/** Makes a page of studies to ImagingStudies. */
@Injectable()
export class DescribeStudies {
  constructor(
    private readonly database: Database,
    private readonly contents: StudyContents,
    private readonly settings: ExchangeSettings,
  ) {}

  async describe(studies: readonly StudyRow[], withInstances: boolean): Promise<ImagingStudy[]> {
    const uids = studies.map(({ study_uid: uid }) => uid);
    const store = new ImagingStudyStore(this.database);
    const [updated, series] = await Promise.all([store.updated(uids), store.series(uids)]);
    let room = withInstances ? INSTANCES_ON_A_PAGE : 0;
    const resources: ImagingStudy[] = [];
    for (const study of studies) {
      const isListed = study.instance_count <= room;
      if (isListed) room -= study.instance_count;
      const updatedAt = updated.get(study.study_uid) ?? study.arrived_at;
      resources.push(await this.one(study, updatedAt, series.get(study.study_uid) ?? [], isListed));
    }
    return resources;
  }

  private async one(
    study: StudyRow,
    updatedAt: Date,
    rows: readonly SeriesRow[],
    isListed: boolean,
  ): Promise<ImagingStudy> {
    const utcOffset = this.settings.zoneOf(study);
    const instances = isListed && study.instance_count > 0 ? await this.contents.of(study.study_uid) : [];
    const bySeries = Map.groupBy(instances, ({ seriesUid }) => seriesUid);
    const series = rows.map((row) => seriesResource(row, bySeries.get(row.series_uid) ?? null, utcOffset));
    return {
      ...imagingStudyResource(study, { utcOffset, updatedAt, isSubset: !isListed }),
      ...(series.length === 0 ? {} : { series }),
    };
  }
}
