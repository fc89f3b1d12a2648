import type { ReactNode } from 'react';

export interface FigureProps {
  readonly label: string;
  /** A word beside the figure. */
  readonly aside?: string | null;
  readonly isBad?: boolean;
  readonly children: ReactNode;
}

/** One figure of a `dl.figure-grid`. */
export function Figure({ label, aside = null, isBad = false, children }: FigureProps) {
  return (
    <div className={isBad ? 'figure is-bad' : 'figure'}>
      <dt>{label}</dt>
      <dd className="figures">
        {children} {aside !== null && <span className="aside">{aside}</span>}
      </dd>
    </div>
  );
}
