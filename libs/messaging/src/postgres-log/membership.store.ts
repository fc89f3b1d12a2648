import type { Connection, Partition } from './log.store.js';

/** A member is known by the application name of its connection: it is a member for as long as it is connected. */
export const memberName = (group: string, id: string) => `${prefixOf(group)}${id}`;

/** PostgreSQL keeps 63 bytes of an application name; the member's own part needs 12. */
const prefixOf = (group: string) => `member:${group.slice(0, 40)}:`;

/** Makes every member of every group look at its share again. */
export async function announceMember(connection: Connection): Promise<void> {
  await connection.query("SELECT pg_notify('event_log', 'members')");
}

export async function partitionsOf(connection: Connection, families: readonly string[]): Promise<Partition[]> {
  const { rows } = await connection.query<Partition>(
    `SELECT topic, partition FROM event_log.heads
     WHERE topic = ANY($1::text[]) OR ('hospital' = ANY($1::text[]) AND topic LIKE 'hospital.%')
     ORDER BY topic, partition`,
    [families],
  );
  return rows;
}

/** The partitions that fall to this member when all living members deal them out in turn. */
export async function shareOf(connection: Connection, group: string, member: string, partitions: readonly Partition[]) {
  const { rows } = await connection.query<{ application_name: string }>(
    `SELECT application_name FROM pg_stat_activity
     WHERE datname = current_database() AND usename = session_user AND starts_with(application_name, $1)
     ORDER BY application_name COLLATE "C"`,
    [prefixOf(group)],
  );
  const place = rows.findIndex(({ application_name }) => application_name === member);
  return partitions.filter((_, index) => index % rows.length === place);
}

/** Leases a partition and says how far the group has come in it; undefined while another member has it. */
export async function acquire(
  connection: Connection,
  group: string,
  partition: Partition,
): Promise<number | undefined> {
  const { rows } = await connection.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${LEASE}) AS taken`, [
    group,
    partition.topic,
    partition.partition,
  ]);
  if (rows[0]?.taken !== true) return undefined;
  // Read after the lease is held, so that it is what the last holder committed last.
  const offsets = await connection.query<{ position: string }>(
    `SELECT position FROM event_log.offsets
     WHERE role = session_user AND consumer_group = $1 AND topic = $2 AND partition = $3`,
    [group, partition.topic, partition.partition],
  );
  return Number(offsets.rows[0]?.position ?? 0);
}

export async function release(connection: Connection, group: string, { topic, partition }: Partition): Promise<void> {
  await connection.query(`SELECT pg_advisory_unlock(${LEASE})`, [group, topic, partition]);
}

const LEASE = `hashtextextended(session_user || ' ' || $1::text || ' ' || $2::text || ' ' || $3::int, 0)`;
