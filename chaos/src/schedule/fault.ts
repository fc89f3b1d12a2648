import type { LineTrouble } from '@yinglian/testing';

/** What hospitals of the sample province take part. */
export const HOSPITALS = ['H001', 'H002'] as const;
export type Hospital = (typeof HOSPITALS)[number];

/** What happens at once, or lasts for a while and is then put right. */
export type Fault =
  | { readonly kind: 'kill'; readonly process: string }
  | ({ readonly forMs: number } & (
      | { readonly kind: 'line'; readonly trouble: LineTrouble }
      | { readonly kind: 'full disk'; readonly process: string }
      | { readonly kind: 'clock'; readonly process: string; readonly byMs: number }
    ));

export interface ScheduledFault {
  readonly atMs: number;
  readonly fault: Fault;
}

export const endOf = ({ atMs, fault }: ScheduledFault) => atMs + (fault.kind === 'kill' ? 0 : fault.forMs);

/** In a few words, for the line that says that it happens. */
export function described(fault: Fault): string {
  if (fault.kind === 'kill') return `kill ${fault.process}`;
  const lasting = `for ${(fault.forMs / 1000).toFixed(1)} s`;
  if (fault.kind === 'full disk') return `full disk under ${fault.process} ${lasting}`;
  if (fault.kind === 'clock') return `clock of ${fault.process} jumps by ${fault.byMs / 60_000} min ${lasting}`;
  const { trouble } = fault;
  if (trouble.kind === 'slow')
    return `slow line, ${trouble.bytesPerSecond / 1000} kB/s, ${trouble.latencyMs} ms, ${lasting}`;
  if (trouble.kind === 'breaking') return `line breaks after ${trouble.afterBytes / 1000} kB ${lasting}`;
  return `${trouble.kind === 'cut' ? 'line cut' : 'line is a black hole'} ${lasting}`;
}
