import { Database } from '@yinglian/persistence';
import { meter } from '@yinglian/platform';
import { EventLogTransport } from './consume-events/event-log.transport.js';
import { countLetters } from './dead-letters/dead-letter.store.js';

/** Gauges that are measured when somebody looks. What cannot be measured at that moment is left out. */
export function observeMessaging(database: Database, transport: EventLogTransport): void {
  meter()
    .createObservableGauge('yinglian_consumer_lag', { description: 'Events in the log not applied here yet, by topic' })
    .addCallback(async (gauge) => {
      const lags = await transport.subscription?.lag().catch(() => undefined);
      for (const [topic, lag] of lags ?? []) gauge.observe(lag, { topic });
    });
  meter()
    .createObservableGauge('yinglian_outbox_depth', { description: 'Committed events that are not in the log yet' })
    .addCallback(async (gauge) => {
      const rows = await database.query<{ depth: number }>('SELECT count(*)::int AS depth FROM outbox').catch(() => []);
      for (const { depth } of rows) gauge.observe(depth);
    });
  meter()
    .createObservableGauge('yinglian_dead_letters', {
      description: 'Events that could not be applied, and those behind',
    })
    .addCallback(async (gauge) => {
      const counts = await countLetters(database).catch(() => undefined);
      if (counts === undefined) return;
      for (const state of ['dead', 'parked']) gauge.observe(counts.get(state) ?? 0, { state });
    });
}
