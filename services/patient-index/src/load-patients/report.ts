import type { LoadFigures } from '../storage/load-figures.store.js';

/** What is in the index, for whoever filled it. */
export function reportOf({ persons, patients, links, merges, conflicts, bytes }: LoadFigures): string {
  const counts = (of: ReadonlyMap<string, number>) =>
    of.size === 0 ? 'none' : [...of].map(([name, count]) => `${name} ${count}`).join(', ');
  return [
    `persons            ${persons}`,
    `patients           ${patients}`,
    `links              ${counts(links)}`,
    `merges             ${merges}`,
    `open conflicts     ${counts(conflicts)}`,
    `bytes per person   ${persons === 0 ? 0 : Math.round(bytes / persons)}`,
  ].join('\n');
}
