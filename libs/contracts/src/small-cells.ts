/**
 * How many patients or accesses are too few to be told to administrators, who see aggregates: fewer could be known by name to who
 * works there. PRESET: no law says how many; five is the usual least size of a cell.
 */
export const SMALL_CELLS = { fewerThan: 5 } as const;

/** Null where there are some, and too few to be told. */
export type Cell = number | null;

const isSmall = (count: number) => count > 0 && count < SMALL_CELLS.fewerThan;

/**
 * Figures of one sum, with those that are too small left out. One alone could be had from the sum of the others, so that the
 * smallest of these goes with it.
 */
export function withoutSmallCells<Name extends string>(figures: Readonly<Record<Name, number>>): Record<Name, Cell> {
  const entries = Object.entries<number>(figures);
  const small = entries.filter(([, count]) => isSmall(count));
  const [companion] = entries.filter(([, count]) => count > 0 && !isSmall(count)).sort(([, a], [, b]) => a - b);
  const hidden = new Set([...small, ...(small.length === 1 && companion ? [companion] : [])].map(([name]) => name));
  const cells = entries.map(([name, count]) => [name, hidden.has(name) ? null : count]);
  return Object.fromEntries(cells) as Record<Name, Cell>;
}

/** A figure that stands in no sum. */
export const withoutSmallCell = (count: number): Cell => (isSmall(count) ? null : count);
