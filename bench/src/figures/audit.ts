import { type AuditMeasures, measureAudit } from '../audit/measure-audit.js';
import type { Figure, Measurement } from '../figure.js';
import { once } from '../once.js';
import { percentile } from '../statistics.js';

/** What the audit log costs that has so many records: what comes, what is proved, what is read meanwhile. */
export function auditFigures(records: number): Figure[] {
  const measured = once(() => measureAudit(records));
  const figure = (name: string, unit: string, of: (found: AuditMeasures) => Measurement): Figure => ({
    name,
    unit,
    standsAlone: true,
    lowerIsBetter: unit !== '/s',
    measure: async () => of(await measured()),
  });
  const p = (share: number, times: readonly number[]) => percentile(times, share).toFixed(1);
  return [
    figure('audit.append', '/s', ({ append, plainInsert, sealing, recordBytes }) => ({
      ours: append,
      peer: plainInsert,
      peerName: 'rows without log and index',
      atLeast: 2_000,
      note: `by events until signed, from ${records} on; those that are there are sealed at ${Math.round(sealing)}/s, ${recordBytes} bytes each with indexes and hashes`,
    })),
    figure('audit.proof', 'ms', ({ proofs }) => ({
      ours: percentile(proofs, 0.99),
      atMost: 20,
      note: `p99 of ${proofs.length} proofs of inclusion, by HTTP and verified, at ${records} records; p50 ${p(0.5, proofs)} ms`,
    })),
    figure('audit.search', 'ms', ({ searches }) => {
      const worst = [...searches]
        .map(([by, times]) => ({ by, p99: percentile(times, 0.99) }))
        .sort((a, b) => b.p99 - a.p99);
      return {
        ours: worst[0]?.p99 ?? Number.NaN,
        atMost: 2_000,
        note: `p99 of the slowest kind of search, at ${records}: ${worst.map(({ by, p99 }) => `${by} ${p99.toFixed(0)}`).join('; ')}`,
      };
    }),
    figure('audit.read', 'ms', ({ quietReads, readsAtGoal, busyReads }) => ({
      ours: percentile(readsAtGoal, 0.99),
      peer: percentile(quietReads, 0.99),
      peerName: 'while none come',
      note: `p99 of a person’s page while 2,000 records come a second, at ${records}; p50 ${p(0.5, readsAtGoal)} and ${p(0.5, quietReads)} ms; while as many come as can ${p(0.99, busyReads)} (${p(0.5, busyReads)})`,
    })),
  ];
}
