import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AccessRecordedV1 } from '@yinglian/contracts';
import { EventPublisher, type LogRecord } from '@yinglian/messaging';
import { personOf } from './fill-accesses.js';

const BATCH = 500;

/**
 * Events of looks, encoded before the time is taken: so many services together are no part of what is measured.
 * @param perSecond told so fast; at once unless told
 */
export async function tellAccesses(
  eventLogUrl: string,
  count: number,
  perSecond = Number.POSITIVE_INFINITY,
): Promise<() => Promise<void>> {
  const config = { EVENTS: 'postgres', EVENT_LOG_URL: eventLogUrl } as const;
  const publisher = EventPublisher.fromConfig({ source: 'urn:yinglian:bench', config });
  const batches: LogRecord[][] = [];
  for (let from = 0; from < count; from += BATCH) {
    const upTo = Math.min(from + BATCH, count);
    batches.push(Array.from({ length: upTo - from }, (_, n) => encoded(publisher, from + n)));
  }
  return async () => {
    const startedAt = performance.now();
    for (const [at, batch] of batches.entries()) {
      await pause(Math.max(0, startedAt + (at * BATCH * 1_000) / perSecond - performance.now()));
      await publisher.append(batch);
    }
    await publisher.close();
  };
}

const encoded = (publisher: EventPublisher, n: number): LogRecord =>
  publisher.encode(
    AccessRecordedV1,
    {
      accessId: randomUUID(),
      at: new Date().toISOString(),
      count: 1,
      actor: { subject: `account.${n % 3000}`, displayName: `医生${n % 3000}`, roles: ['clinician'], hospital: 'H001' },
      action: 'study.retrieve',
      purposeOfUse: 'TREAT',
      personId: personOf(n),
      studyInstanceUid: `1.2.${n}`,
      ownerHospital: 'H002',
      query: [],
      decision: {
        outcome: 'permit',
        code: 'TREATING_HOSPITAL',
        policies: ['clinician-opens-when-treating'],
        policyVersion: '1f1352cb5cab10fa',
      },
      facts: { device: 'browser', daysSinceStudy: n % 365 },
      service: 'study-registry',
      traceId: '',
    },
    { eventId: randomUUID() },
  );
