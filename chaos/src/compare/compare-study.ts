import type { OfferedStudy } from '../send/offered-images.js';

/** What the province has of a study. */
export interface FoundStudy {
  /** Rows that QIDO-RS has for the study, and their numbers of instances. */
  readonly studyRows: readonly number[];
  readonly seriesRows: readonly number[];
  /** SOP Instance UIDs as QIDO-RS lists them. */
  readonly listed: readonly string[];
  /** SHA-256 of each data set that WADO-RS gives back. */
  readonly returned: readonly string[];
}

export interface Difference {
  /** Acknowledged images that are not found, or do not come back as they were sent; and what nobody sent so. */
  readonly lost: number;
  /** Images that are there more than once, and rows too many. */
  readonly doubled: number;
  /** In words, for whoever has to find out; empty when all is well. */
  readonly findings: readonly string[];
}

/**
 * Every acknowledged image is to be found once and to come back with its bytes; one that was not acknowledged may be there
 * or not, but whole.
 */
export function compareStudy(offered: OfferedStudy, found: FoundStudy): Difference {
  const listed = new Map<string, number>();
  for (const uid of found.listed) listed.set(uid, (listed.get(uid) ?? 0) + 1);
  const returned = new Map<string, number>();
  for (const sha256 of found.returned) returned.set(sha256, (returned.get(sha256) ?? 0) + 1);
  const acknowledged = offered.images.filter(({ isAcknowledged }) => isAcknowledged);
  const lost = acknowledged.filter(
    ({ sopInstanceUid, sha256 }) => !listed.has(sopInstanceUid) || !returned.has(sha256),
  );
  const known = new Set(offered.images.map(({ sha256 }) => sha256));
  const foreign = found.returned.filter((sha256) => !known.has(sha256)).length;
  const tooMany = Math.max(
    surplus(listed),
    surplus(returned),
    found.studyRows.length - 1,
    found.seriesRows.length - 1,
    ...found.studyRows.map((instances) => instances - listed.size),
    sum(found.seriesRows) - listed.size,
    0,
  );
  const uncounted = Math.max(listed.size - sum(found.studyRows), listed.size - sum(found.seriesRows), 0);
  return {
    lost: Math.max(lost.length, uncounted) + foreign,
    doubled: tooMany,
    findings: [
      ...lost.map(({ sopInstanceUid }) => `${sopInstanceUid} was acknowledged and is lost`),
      ...(tooMany > 0 ? [`${tooMany} too many: ${JSON.stringify(counts(found))}`] : []),
      ...(uncounted > 0 ? [`${uncounted} are not counted: ${JSON.stringify(counts(found))}`] : []),
      ...(foreign > 0 ? [`${foreign} data sets are none that was sent`] : []),
    ],
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const surplus = (times: ReadonlyMap<string, number>) => sum([...times.values()].map((count) => count - 1));
const counts = ({ studyRows, seriesRows, listed, returned }: FoundStudy) => ({
  studyRows,
  seriesRows,
  listed: listed.length,
  returned: returned.length,
});
