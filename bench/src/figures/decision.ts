import type { Actor } from '@yinglian/access';
import { BASES, DOCTOR, fillConsents, hospitalOf, personOf, studyOf, TABLES } from '../access/fill-consents.js';
import { type RegistryDecisions, withRegistryDecisions } from '../access/registry-decisions.js';
import type { Figure } from '../figure.js';
import { percentile } from '../statistics.js';

const ASKED = 10_000;
/** A service decides for days; what is measured is not its first second. */
const WARM_UP = 5_000;
const MIB = 2 ** 20;
/** Of a server that has the machine's memory for itself. */
const SETTINGS = ['shared_buffers=4GB', 'effective_cache_size=12GB', 'max_wal_size=16GB', 'synchronous_commit=off'];

/** What one decision about opening costs with so many consents and a tenth as many open visits, each about another person. */
export const decisionFigure = (consents: number): Figure => ({
  name: 'decision',
  unit: 'ms',
  lowerIsBetter: true,
  standsAlone: true,
  measure: () =>
    withRegistryDecisions(SETTINGS, async (decisions) => {
      await fillConsents(decisions.database, consents);
      const chosen = personsToAsk(consents);
      const ours = await times(chosen, (n) => decide(decisions, n));
      const rows = await times(chosen, (n) => readRow(decisions, n));
      const p50 = percentile(ours, 0.5).toFixed(2);
      return {
        ours: percentile(ours, 0.99),
        peer: percentile(rows, 0.99),
        peerName: 'one row by its key',
        atMost: 1,
        note: `p99 at ${consents} consents, in the process of the registry, facts read from its PostgreSQL (${await sizeOf(decisions)} MiB); p50 ${p50} ms`,
      };
    }),
});

/** Spread over all, none twice. */
function personsToAsk(consents: number): number[] {
  const last = [...BASES.keys()];
  const all = ASKED + WARM_UP;
  return Array.from(
    { length: all },
    (_, k) => Math.floor((k * consents) / 10 / all) * 10 + (last[k % last.length] ?? 0),
  );
}

async function times(chosen: readonly number[], ask: (n: number) => Promise<void>): Promise<number[]> {
  const milliseconds: number[] = [];
  for (const n of chosen) {
    const startedAt = performance.now();
    await ask(n);
    milliseconds.push(performance.now() - startedAt);
  }
  return milliseconds.slice(WARM_UP);
}

const doctorAt = (hospital: string): Actor => ({
  subject: DOCTOR,
  displayName: '医生',
  roles: ['clinician'],
  hospital,
  department: null,
  sessionId: 's',
  purposeOfUse: 'TREAT',
  device: 'browser',
  secondFactor: true,
});

async function decide({ point }: RegistryDecisions, n: number): Promise<void> {
  const study = { studyInstanceUid: studyOf(n), personId: personOf(n), ownerHospital: 'H999' };
  const decision = (await point.wouldPermit(doctorAt(hospitalOf(n)), [study])).get(study.studyInstanceUid);
  if (decision?.code !== BASES.get(n % 10)) throw new Error(`Person ${n} was decided as ${decision?.code}`);
}

async function readRow({ database }: RegistryDecisions, n: number): Promise<void> {
  const values = [hospitalOf(n), '', `L${n}`];
  const [row] = await database.query<{ person: string }>(
    'SELECT person_id AS person FROM patients WHERE (hospital, issuer, local_id) = ($1, $2, $3)',
    values,
    'bench-row',
  );
  if (row?.person !== personOf(n)) throw new Error(`Patient ${n} is somebody else`);
}

async function sizeOf({ database }: RegistryDecisions): Promise<number> {
  const [row] = await database.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(coalesce(part.relid, whole))) AS bytes FROM unnest($1::regclass[]) AS whole
     LEFT JOIN LATERAL pg_partition_tree(whole) AS part ON true`,
    [TABLES],
  );
  return Math.round(Number(row?.bytes) / MIB);
}
