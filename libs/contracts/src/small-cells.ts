import { z } from 'zod';

/** No law says how many are too few; five is the usual least size of a cell, and with less than three everybody is known to another one. */
export const smallCellsShape = {
  SMALL_CELLS_FEWER_THAN: z.coerce
    .number()
    .int()
    .min(3)
    .default(5)
    .describe(
      'How many patients are told to administrators at least: figures of fewer, and not none, are left out, since they could be known by name. The same in every service of a province',
    ),
};

/** Null where there are some, and too few to be told. */
export type Cell = number | null;

/** Figures for administrators, who see aggregates: those of few patients or accesses are left out. */
export class SmallCells {
  constructor(readonly fewerThan: number) {}

  isSmall(count: number): boolean {
    return count > 0 && count < this.fewerThan;
  }

  /** A figure that stands in no sum. */
  without(count: number): Cell {
    return this.isSmall(count) ? null : count;
  }

  /**
   * Figures of one sum, with those that are too small left out. One alone could be had from the sum of the others, so that the
   * smallest of these goes with it.
   */
  withoutOf<Name extends string>(figures: Readonly<Record<Name, number>>): Record<Name, Cell> {
    const entries = Object.entries<number>(figures);
    const small = entries.filter(([, count]) => this.isSmall(count));
    const [companion] = entries.filter(([, count]) => count > 0 && !this.isSmall(count)).sort(([, a], [, b]) => a - b);
    const hidden = new Set([...small, ...(small.length === 1 && companion ? [companion] : [])].map(([name]) => name));
    const cells = entries.map(([name, count]) => [name, hidden.has(name) ? null : count]);
    return Object.fromEntries(cells) as Record<Name, Cell>;
  }
}
