export interface Workload {
  readonly days: number;
  readonly open: readonly {
    readonly kind: string;
    readonly waiting: number;
    readonly today: number;
    readonly week: number;
    readonly older: number;
  }[];
  readonly decided: readonly { readonly day: string; readonly steward: string; readonly decisions: number }[];
  readonly medianSeconds: number | null;
  readonly withdrawn: number;
}

/** How many wait for a steward, and how many for a hospital. */
export function openCounts({ open }: Pick<Workload, 'open'>): { open: number; waiting: number } {
  return {
    open: open.reduce((sum, { today, week, older }) => sum + today + week + older, 0),
    waiting: open.reduce((sum, { waiting }) => sum + waiting, 0),
  };
}

/** The greatest unit that leaves more than one of it. */
export function duration(seconds: number): { readonly unit: 'minutes' | 'hours' | 'days'; readonly count: number } {
  if (seconds < 2 * 3_600) return { unit: 'minutes', count: Math.round(seconds / 60) };
  if (seconds < 2 * 86_400) return { unit: 'hours', count: Math.round(seconds / 3_600) };
  return { unit: 'days', count: Math.round(seconds / 86_400) };
}
