import type { Difference } from './compare-indexes.js';
import type { Rebuilt } from './rebuild-index.handler.js';

/** What a database has and packs do not say. docs/how-to/rebuild-the-index.md says where each is taken from. */
const NOT_FROM_PACKS = [
  'whose patients are one person (patients, treated_studies, studies.person_id)',
  'what gateways said of their studies and days (receipts, gateway_reports, studies.state, received_count)',
  'decisions of stewards about versions (quarantine_decisions, states of cases, versions that were taken)',
  'studies that were announced and of which nothing has come',
  'documents of reports, requests for studies, orders, referrals, encounters, offers of priors',
  'which workstations there are (workstations)',
  'when rows were committed, versions of studies, and numbers of changes, which begin anew',
];

export function reportOf(rebuilt: Rebuilt): string[] {
  const { done, packs, doneBytes, damaged, damages, withoutCommit, replayed } = rebuilt;
  return [
    `${done} of ${packs} packs registered, ${(doneBytes / 1e9).toFixed(1)} GB.`,
    ...(withoutCommit === 0
      ? []
      : [`${withoutCommit} packs have no commit beside them; they are in the order in which gateways received them.`]),
    ...damages.map(({ digest, damage }) => `Damaged: ${digest} (${damage})`),
    ...(damaged > damages.length ? [`… and ${damaged - damages.length} more`] : []),
    `${replayed.decisions} withdrawals, holds and their undoings replayed.`,
    ...(replayed.withoutStudy === 0
      ? []
      : [`${replayed.withoutStudy} studies that were decided about have no pack here.`]),
    'Not from packs:',
    ...NOT_FROM_PACKS.map((what) => `  ${what}`),
  ];
}

export const comparisonOf = ({ table, key, kind }: Difference): string => {
  if (kind === 'missing') return `${table} ${key}: is missing`;
  if (kind === 'new') return `${table} ${key}: was not there`;
  return `${table} ${key}: other ${kind.join(', ')}`;
};
