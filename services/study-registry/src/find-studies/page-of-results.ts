import type { StudyRow } from '../storage/study-row.js';
import type { PageStart } from './search-pages.js';
import { placeOf, type StudyPlace } from './study-place.js';

/** Results of one page, taken study by study from where the page begins. */
export class PageOfResults<Result> {
  readonly results: { readonly study: StudyRow; readonly result: Result }[] = [];
  /** There are more behind this page. */
  more = false;
  private skip: number;
  private behind: StudyPlace | undefined;
  private begun: { readonly study: StudyRow; readonly skip: number } | undefined;

  constructor(
    private readonly limit: number,
    private readonly start: PageStart,
  ) {
    this.skip = start.skip;
    this.behind = start.after;
  }

  /** Passes over a study's results, so many, if the page begins behind them all. */
  passesOver(study: StudyRow, count: number): boolean {
    const skip = this.skipOf(study);
    if (count > skip) return false;
    if (!this.isInside(study)) this.skip -= count;
    this.behind = placeOf(study);
    return true;
  }

  /** Takes what the page has room for. Returns whether to go on. */
  take(study: StudyRow, found: readonly Result[]): boolean {
    if (this.passesOver(study, found.length)) return true;
    const skip = this.skipOf(study);
    const room = this.limit - this.results.length;
    for (const result of found.slice(skip, skip + room)) this.results.push({ study, result });
    if (!this.isInside(study)) this.skip = 0;
    if (found.length > skip + room) {
      this.begun = { study, skip: skip + room };
      this.more = true;
      return false;
    }
    this.behind = placeOf(study);
    return true;
  }

  /** Where the next page begins. */
  get end(): PageStart {
    if (this.begun === undefined) return { skip: 0, ...(this.behind === undefined ? {} : { after: this.behind }) };
    const { study, skip } = this.begun;
    return { skip: 0, after: { ...placeOf(study), including: true }, inside: { studyUid: study.study_uid, skip } };
  }

  private isInside({ study_uid: studyUid }: StudyRow): boolean {
    return this.start.inside?.studyUid === studyUid;
  }

  private skipOf(study: StudyRow): number {
    return this.isInside(study) ? (this.start.inside?.skip ?? 0) : this.skip;
  }
}
