import { trace } from '@opentelemetry/api';
import type { Sql } from '@yinglian/persistence';
import type { RecordedDeed } from '@yinglian/platform';
import { type KeptRecord, keepAccesses } from './keep-accesses.js';

export type KeptDeed = RecordedDeed & Pick<KeptRecord, 'eventId' | 'service' | 'traceId'>;

/** Adds deeds to the audit log, in the columns of accesses: who did them was entitled to, and no policy decided. */
export const keepDeeds = (tx: Sql, deeds: readonly KeptDeed[]): Promise<void> => keepAccesses(tx, deeds.map(recordOf));

/** What this service itself carries out: with the deed, in its transaction. Whoever adds records waits until that ends, so it comes last. */
export const keepOwnDeed = (tx: Sql, deed: RecordedDeed): Promise<void> =>
  keepDeeds(tx, [
    {
      ...deed,
      eventId: deed.recordId,
      service: 'consent-audit',
      traceId: trace.getActiveSpan()?.spanContext().traceId ?? '',
    },
  ]);

const recordOf = ({ recordId, hospital, changed, code, ...deed }: KeptDeed): KeptRecord => ({
  ...deed,
  accessId: recordId,
  count: 1,
  ownerHospital: hospital,
  query: changed,
  decision: { outcome: 'permit', code, policies: [], policyVersion: '' },
});
