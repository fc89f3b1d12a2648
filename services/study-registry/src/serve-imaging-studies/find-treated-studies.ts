import type { Database } from '@yinglian/persistence';
import { localDay } from '../domain/local-time.js';
import type { TextRange } from '../domain/matching.js';
import type { StudyQuery } from '../find-studies/study-query.js';
import type { StudyRow } from '../storage/study-row.js';
import { findStudies } from '../storage/study-search.js';
import type { ImagingSearch, StudyTest } from './imaging-search.js';

const READ_AT_ONCE = 200;
/** After so many that do not match, a page ends though it is short; its successor goes on there. */
const LOOKED_AT_MOST = 2_000;

export interface TreatedStudies {
  readonly studies: readonly StudyRow[];
  readonly next: number | null;
}

/** Studies of the persons that a hospital treats, newest first: what a search shows that names nobody (ADR 0005). */
export async function findTreatedStudies(
  database: Database,
  hospital: string,
  search: ImagingSearch,
  holds: StudyTest,
  utcOffset: string,
): Promise<TreatedStudies> {
  const query = queryOf(search, utcOffset);
  const studies: StudyRow[] = [];
  const end = search.offset + LOOKED_AT_MOST;
  for (let offset = search.offset; offset < end; offset += READ_AT_ONCE) {
    const rows = await findStudies(database, query, { limit: READ_AT_ONCE + 1, offset, treatedBy: hospital });
    for (const [at, row] of rows.slice(0, READ_AT_ONCE).entries()) {
      if (!holds(row)) continue;
      if (studies.length === search.count) return { studies, next: offset + at };
      studies.push(row);
    }
    if (rows.length <= READ_AT_ONCE) return { studies, next: null };
  }
  return { studies, next: end };
}

/** What an index narrows; the rest is looked at in what it finds. */
function queryOf({ started, modalities }: ImagingSearch, utcOffset: string): StudyQuery {
  const [first] = modalities;
  const studyDate = daysOf(
    Math.max(...started.map(({ within }) => within.from)),
    Math.min(...started.map(({ within }) => within.to)),
    utcOffset,
  );
  return { ...(first === undefined ? {} : { modalities: first }), ...(studyDate === null ? {} : { studyDate }) };
}

function daysOf(from: number, to: number, utcOffset: string): TextRange | null {
  const range = {
    from: Number.isFinite(from) ? localDay(from, utcOffset) : null,
    to: Number.isFinite(to) ? localDay(to - 1, utcOffset) : null,
  };
  return range.from === null && range.to === null ? null : range;
}
