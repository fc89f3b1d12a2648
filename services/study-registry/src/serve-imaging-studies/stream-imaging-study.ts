import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { ImagingStudy, ImagingStudySeries } from '@yinglian/fhir';
import { Database } from '@yinglian/persistence';
import { ImagingStudyStore } from '../storage/imaging-study.store.js';
import { SeriesStore } from '../storage/series.store.js';
import { StudyContents } from '../storage/study-contents.js';
import type { StudyRow } from '../storage/study-row.js';
import { ExchangeSettings } from './exchange-settings.js';
import { imagingStudyResource } from './imaging-study-resource.js';
import { seriesResource } from './series-resource.js';

export interface StreamedImagingStudy {
  /** Without its series. */
  readonly resource: ImagingStudy;
  /** All of it as JSON, series by series: no more than one series' instances are held. */
  readonly json: () => Readable;
}

/** One whole ImagingStudy, however many instances it has. */
@Injectable()
export class StreamImagingStudy {
  constructor(
    private readonly database: Database,
    private readonly contents: StudyContents,
    private readonly settings: ExchangeSettings,
  ) {}

  async of(study: StudyRow): Promise<StreamedImagingStudy> {
    const updated = await new ImagingStudyStore(this.database).updated([study.study_uid]);
    const updatedAt = updated.get(study.study_uid) ?? study.arrived_at;
    const utcOffset = this.settings.zoneOf(study);
    const resource = imagingStudyResource(study, { utcOffset, updatedAt, isSubset: false });
    const json = () => Readable.from(withSeries(resource, this.series(study)), { objectMode: false });
    return { resource, json };
  }

  private async *series(study: StudyRow): AsyncGenerator<ImagingStudySeries> {
    for (const row of await new SeriesStore(this.database).of(study.study_uid)) {
      const instances = await this.contents.of(study.study_uid, row.series_uid);
      yield seriesResource(row, instances, this.settings.zoneOf(study));
    }
  }
}

async function* withSeries(resource: ImagingStudy, all: AsyncIterable<ImagingStudySeries>): AsyncGenerator<Buffer> {
  yield Buffer.from(JSON.stringify(resource).slice(0, -1));
  let separator = ',"series":[';
  for await (const series of all) {
    yield Buffer.from(separator + JSON.stringify(series));
    separator = ',';
  }
  // An empty array is no FHIR (http://hl7.org/fhir/R4/json.html).
  yield Buffer.from(separator === ',' ? ']}' : '}');
}
