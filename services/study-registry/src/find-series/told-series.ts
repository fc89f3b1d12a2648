import { Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { toldOf } from '../domain/series-told.js';
import { PackIndexStore } from '../storage/pack-index.store.js';
import { SeriesStore } from '../storage/series.store.js';
import { StudyContents } from '../storage/study-contents.js';
import type { SeriesRow } from '../storage/study-row.js';

/** Series with everything that a search tells of them; what rows of earlier releases lack is read once from the packs, and kept. */
@Injectable()
export class ToldSeries {
  constructor(
    private readonly database: Database,
    private readonly contents: StudyContents,
    private readonly indexes: PackIndexStore,
  ) {}

  /** The series of studies, by study, in the order of their numbers. */
  async ofStudies(studyUids: readonly string[]): Promise<ReadonlyMap<string, readonly SeriesRow[]>> {
    const found = new Map(await new SeriesStore(this.database).ofStudies(studyUids));
    for (const [studyUid, rows] of found) {
      if (rows.some(({ told }) => told === null)) found.set(studyUid, await this.complete(rows));
    }
    return found;
  }

  private async complete(rows: readonly SeriesRow[]): Promise<SeriesRow[]> {
    const completed: SeriesRow[] = [];
    for (const row of rows) completed.push(row.told === null ? { ...row, told: await this.read(row) } : row);
    return completed;
  }

  private async read(row: SeriesRow) {
    const [instance] = await this.contents.of(row.study_uid, row.series_uid);
    if (instance === undefined) return null;
    const told = toldOf((await this.indexes.metadata(instance.digest))[instance.place] ?? {});
    await new SeriesStore(this.database).tell(row, told);
    return told;
  }
}
