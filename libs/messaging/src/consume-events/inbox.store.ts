import type { Sql } from '@yinglian/persistence';
import type { LogRecord } from '../event-log/event-log.js';

const columns = (records: readonly LogRecord[]) => [
  records.map(({ topic }) => topic),
  records.map(({ eventId }) => eventId),
];

/** Notes the events as consumed by this transaction and returns those that had not been; a repetition inside counts once. */
export async function claim(tx: Sql, records: readonly LogRecord[]): Promise<LogRecord[]> {
  const rows = await tx.query<{ topic: string; event_id: string }>(
    `INSERT INTO inbox (topic, event_id) SELECT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT DO NOTHING RETURNING topic, event_id`,
    columns(records),
    'inbox-claim',
  );
  const fresh = new Set(rows.map(({ topic, event_id }) => `${topic} ${event_id}`));
  return records.filter(({ topic, eventId }) => fresh.delete(`${topic} ${eventId}`));
}

/** Takes back the claim on events that were set aside unhandled. */
export async function unclaim(tx: Sql, records: readonly LogRecord[]): Promise<void> {
  await tx.query(
    'DELETE FROM inbox WHERE (topic, event_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))',
    columns(records),
  );
}

/** Longer than any log may deliver an event again. */
const RETENTION = '14 days';

export async function pruneInbox(sql: Sql): Promise<void> {
  await sql.query(`DELETE FROM inbox WHERE consumed_at < now() - interval '${RETENTION}'`);
}
