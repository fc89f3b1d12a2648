import type { AgreementPattern } from './agreement-patterns.js';
import { COMPARISONS } from './comparisons.js';

type PerLevel = Readonly<Record<string, Readonly<Record<string, number>>>>;
/** Of each field, by how many pairs its levels are reached; fields that no pair states are left out. */
export type LevelCounts = PerLevel;
/** Of each field, how often its levels are reached: m or u. */
export type LevelShares = PerLevel;

// Half a pair for each level, so that what was never seen is rare, not impossible.
const UNSEEN = 0.5;
const RAREST = 1e-12;
const PLACES = new Map(COMPARISONS.map(({ field }, place) => [field, place]));

/** Pairs at each level, a pattern with its weight. */
export function countsOf(
  patterns: readonly AgreementPattern[],
  weightOf: (pattern: AgreementPattern) => number,
): LevelCounts {
  const weighted = patterns.map((pattern) => ({ pattern, weight: weightOf(pattern) }));
  return perField((levels, _, place) => {
    const counts = new Map(levels.map((level) => [level, 0]));
    let stated = false;
    for (const { pattern, weight } of weighted) {
      const level = pattern.levels[place];
      if (typeof level !== 'string') continue;
      stated = true;
      counts.set(level, (counts.get(level) ?? 0) + weight);
    }
    return stated ? counts : null;
  });
}

export function sumOf(counted: readonly LevelCounts[]): LevelCounts {
  return perField((levels, field) => {
    const stating = counted.flatMap((counts) => (counts[field] === undefined ? [] : [counts[field]]));
    if (stating.length === 0) return null;
    return new Map(levels.map((level) => [level, stating.reduce((sum, counts) => sum + (counts[level] ?? 0), 0)]));
  });
}

export function sharesOf(counted: LevelCounts): LevelShares {
  return perField((levels, field) => {
    const counts = counted[field];
    if (counts === undefined) return null;
    const total = levels.reduce((sum, level) => sum + (counts[level] ?? 0) + UNSEEN, 0);
    return new Map(levels.map((level) => [level, ((counts[level] ?? 0) + UNSEEN) / total]));
  });
}

/** That a pair which agrees like this is one person's, by these fields. */
export function posterior(
  { levels }: AgreementPattern,
  fields: readonly string[],
  lambda: number,
  m: LevelShares,
  u: LevelShares,
): number {
  let odds = lambda / (1 - lambda);
  for (const field of fields) {
    const level = levels[PLACES.get(field) ?? -1];
    if (typeof level === 'string') odds *= within(m[field]?.[level]) / within(u[field]?.[level]);
  }
  return odds === Number.POSITIVE_INFINITY ? 1 : odds / (1 + odds);
}

/** Never nothing and never all: a share that was counted is an estimate. */
export const within = (share = RAREST): number => Math.min(Math.max(share, RAREST), 1 - RAREST);

function perField(
  read: (levels: readonly string[], field: string, place: number) => ReadonlyMap<string, number> | null,
): PerLevel {
  const fields = COMPARISONS.flatMap(({ field, levels }, place) => {
    const values = read(levels, field, place);
    return values === null ? [] : [[field, Object.fromEntries(values)]];
  });
  return Object.fromEntries(fields);
}
