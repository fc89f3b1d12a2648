import type { LoneConsentAudit } from '../peers/lone-consent-audit.js';
import { personOf } from './fill-accesses.js';

const TIMES = 100;
const DAY_MS = 86_400_000;

interface Found {
  readonly personId: string;
  readonly action: string;
  readonly purposeOfUse: string;
  readonly at: string;
  readonly actor: { readonly subject: string; readonly hospital: string };
  readonly ownerHospital: string;
  readonly decision: { readonly outcome: string };
}

interface Search {
  readonly asks: (n: number) => Record<string, string>;
  /** Whether a record is what was asked for. */
  readonly isOf: (found: Found, asked: Record<string, string>) => boolean;
}

const hospitalOf = (n: number) => `H${String(n % 29).padStart(3, '0')}`;
const daysOf = (days: number, n: number) => {
  const from = Date.now() - (1 + days + (n % 200)) * DAY_MS;
  return { from: new Date(from).toISOString(), to: new Date(from + days * DAY_MS).toISOString() };
};
const isBetween = ({ at }: Found, { from = '', to = '' }: Record<string, string>) => at >= from && at < to;
const isOfHospital = ({ actor, ownerHospital }: Found, { hospital }: Record<string, string>) =>
  actor.hospital === hospital || ownerHospital === hospital;

/** What auditors search by (docs/how-to: the auditor's desk), common and rare. */
const SEARCHES: Record<string, Search> = {
  person: { asks: (n) => ({ personId: personOf(n * 37) }), isOf: (found, { personId }) => found.personId === personId },
  actor: { asks: (n) => ({ actor: `account.${n}` }), isOf: ({ actor }, asked) => actor.subject === asked.actor },
  hospital: { asks: (n) => ({ hospital: hospitalOf(n) }), isOf: isOfHospital },
  'purpose, rare': { asks: () => ({ purposeOfUse: 'BTG' }), isOf: ({ purposeOfUse }) => purposeOfUse === 'BTG' },
  'action, rare': { asks: () => ({ action: 'study.withdraw' }), isOf: ({ action }) => action === 'study.withdraw' },
  refusals: { asks: () => ({ outcome: 'deny' }), isOf: ({ decision }) => decision.outcome === 'deny' },
  day: { asks: (n) => daysOf(1, n), isOf: isBetween },
  'hospital, two months and refusals': {
    asks: (n) => ({ hospital: hospitalOf(n), outcome: 'deny', ...daysOf(60, n) }),
    isOf: (found, asked) => isBetween(found, asked) && isOfHospital(found, asked) && found.decision.outcome === 'deny',
  },
  'purpose, rare, of a hospital': {
    asks: (n) => ({ purposeOfUse: 'BTG', hospital: hospitalOf(n) }),
    isOf: (found, asked) => isOfHospital(found, asked) && found.purposeOfUse === 'BTG',
  },
};

/** Milliseconds of each page of fifty, by HTTP, by what was searched for. Throws for a page with nothing or with what was not asked for. */
export async function timeSearches(audit: LoneConsentAudit): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  for (const [name, { asks, isOf }] of Object.entries(SEARCHES)) {
    const taken: number[] = [];
    for (let n = 0; n < TIMES; n += 1) {
      const asked = asks(n);
      const startedAt = performance.now();
      const page = await (await audit.get(`accesses?${new URLSearchParams({ limit: '50', ...asked })}`)).json();
      taken.push(performance.now() - startedAt);
      const { items } = page as { items: Found[] };
      if (items.length === 0 || !items.every((found) => isOf(found, asked)))
        throw new Error(`A page by ${name} is wrong`);
    }
    times.set(name, taken);
  }
  return times;
}
