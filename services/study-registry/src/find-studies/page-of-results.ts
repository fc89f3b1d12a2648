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
  private taken = 0;

  constructor(
    private readonly limit: number,
    { after, skip }: PageStart,
  ) {
    this.skip = skip;
    this.behind = after;
  }

  /** Passes over a study's results, so many, if the page begins behind them all. */
  passesOver(study: StudyRow, count: number): boolean {
    if (count > this.skip) return false;
    this.skip -= count;
    this.goBehind(study);
    return true;
  }

  /** Takes what the page has room for. Returns whether to go on. */
  take(study: StudyRow, found: readonly Result[]): boolean {
    if (this.passesOver(study, found.length)) return true;
    const wanted = found.slice(this.skip);
    const room = this.limit - this.results.length;
    for (const result of wanted.slice(0, room)) this.results.push({ study, result });
    if (wanted.length > room) {
      this.taken = this.skip + room;
      this.more = true;
      return false;
    }
    this.skip = 0;
    this.goBehind(study);
    return true;
  }

  /** Where the next page begins. */
  get end(): PageStart {
    return { ...(this.behind === undefined ? {} : { after: this.behind }), skip: this.taken };
  }

  private goBehind(study: StudyRow): void {
    this.behind = placeOf(study);
  }
}
