import { first, type Sql } from '@yinglian/persistence';
import type { ActorDay } from '../domain/actor-day.js';

const PEER_DAYS = 30;
/** Of fewer days of peers nothing is usual yet. */
const PEER_DAYS_AT_LEAST = 5;

/** Counts anew how many persons these accounts opened on these days, for staff of hospitals. */
export async function countActorDays(tx: Sql, actorDays: readonly ActorDay[]): Promise<void> {
  await tx.query(
    `INSERT INTO actor_days (subject, day, hospital, role, persons)
     SELECT d.subject, d.day, c.hospital, c.role, c.persons FROM unnest($1::text[], $2::date[]) AS d (subject, day)
     CROSS JOIN LATERAL (
       SELECT count(DISTINCT person_id)::int AS persons, max(actor_hospital) AS hospital, max(roles[1]) AS role
       FROM accesses a WHERE a.subject = d.subject AND NOT further AND action = 'study.retrieve' AND outcome = 'permit'
         AND a.at >= d.day::timestamp AT TIME ZONE 'Asia/Shanghai'
         AND a.at < (d.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
     ) c WHERE c.persons > 0 AND c.hospital IS NOT NULL AND c.role IS NOT NULL
     ON CONFLICT (subject, day) DO UPDATE SET persons = excluded.persons, hospital = excluded.hospital, role = excluded.role`,
    [actorDays.map(({ subject }) => subject), actorDays.map(({ day }) => day)],
  );
}

/** How many persons the others of the account's role and hospital opened on a day, in the middle of the last thirty; null while there are too few. */
export async function usualOfPeers(sql: Sql, { subject, day }: ActorDay): Promise<number | null> {
  const row = await first<{ usual: number | null; days: number }>(
    sql,
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY p.persons) AS usual, count(*)::int AS days
     FROM actor_days own JOIN actor_days p ON p.hospital = own.hospital AND p.role = own.role AND p.subject <> own.subject
       AND p.day > own.day - $3::int AND p.day <= own.day
     WHERE own.subject = $1 AND own.day = $2::date`,
    [subject, day, PEER_DAYS],
  );
  return row === undefined || row.days < PEER_DAYS_AT_LEAST ? null : row.usual;
}
