import type { QueryResult, QueryResultRow } from 'pg';

/** A pool, or one connection. */
export interface Connection {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

/** How far a group has come in a partition: the position of the last record that it committed, 0 before the first. */
export interface Position extends Partition {
  position: number;
}

export interface StoredRecord {
  readonly position: number;
  readonly key: string;
  readonly eventId: string;
  readonly envelope: string;
}

export interface FetchLimits {
  readonly records: number;
  readonly partitions: number;
}

/**
 * Records after the given positions, by `topic/partition`, in order: of the first few partitions that have any, so many of each at
 * most.
 */
export async function fetchRecords(connection: Connection, after: readonly Position[], most: FetchLimits) {
  const { rows } = await connection.query<StoredRecord & { name: string; position: string }>(
    `SELECT r.topic || '/' || r.partition AS name, r.position, r.key, r.event_id AS "eventId", r.envelope
     FROM (
       SELECT * FROM unnest($1::text[], $2::int[], $3::bigint[]) WITH ORDINALITY AS p (topic, partition, position, at)
       WHERE EXISTS (
         SELECT 1 FROM event_log.records r WHERE r.topic = p.topic AND r.partition = p.partition AND r.position > p.position
       ) ORDER BY at LIMIT $5
     ) p CROSS JOIN LATERAL (
       SELECT * FROM event_log.records r
       WHERE r.topic = p.topic AND r.partition = p.partition AND r.position > p.position
       ORDER BY r.position LIMIT $4
     ) r
     ORDER BY r.topic, r.partition, r.position`,
    [...columns(after), most.records, most.partitions],
  );
  const fetched = new Map<string, StoredRecord[]>();
  for (const { name, position, ...record } of rows) {
    const records = fetched.get(name) ?? [];
    records.push({ ...record, position: Number(position) });
    fetched.set(name, records);
  }
  return fetched;
}

export async function commitPosition(connection: Connection, group: string, at: Position): Promise<void> {
  await connection.query(
    `INSERT INTO event_log.offsets (consumer_group, topic, partition, position) VALUES ($1, $2, $3, $4)
     ON CONFLICT (role, consumer_group, topic, partition) DO UPDATE SET position = excluded.position`,
    [group, at.topic, at.partition, at.position],
  );
}

/**
 * Where the group stands before the given positions, or without them before the present end of the families' topics.
 * Empty when it has passed them all.
 */
export async function positionsBehind(
  connection: Connection,
  group: string,
  families: readonly string[],
  until?: readonly Position[],
): Promise<Position[]> {
  const wanted =
    until === undefined
      ? `SELECT topic, partition, head AS position FROM event_log.heads WHERE ${IN_FAMILIES}`
      : 'SELECT * FROM unnest($2::text[], $3::int[], $4::bigint[]) AS p (topic, partition, position)';
  const { rows } = await connection.query<Partition & { position: string }>(
    `SELECT w.topic, w.partition, w.position
     FROM (${wanted}) w
     LEFT JOIN event_log.offsets o
       ON o.role = session_user AND o.consumer_group = $1 AND o.topic = w.topic AND o.partition = w.partition
     WHERE coalesce(o.position, 0) < w.position`,
    until === undefined ? [group, families] : [group, ...columns(until)],
  );
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

export async function lagOf(connection: Connection, group: string, families: readonly string[]) {
  const { rows } = await connection.query<{ topic: string; lag: string }>(
    `SELECT h.topic, sum(h.head - coalesce(o.position, 0)) AS lag
     FROM (SELECT * FROM event_log.heads WHERE ${IN_FAMILIES}) h
     LEFT JOIN event_log.offsets o
       ON o.role = session_user AND o.consumer_group = $1 AND o.topic = h.topic AND o.partition = h.partition
     GROUP BY h.topic`,
    [group, families],
  );
  return new Map(rows.map(({ topic, lag }) => [topic, Number(lag)]));
}

const RETENTION = '7 days';

/** Forgets old records that every group has passed. */
export async function pruneLog(connection: Connection): Promise<void> {
  for (;;) {
    const { rows } = await connection.query<{ deleted: string }>('SELECT event_log.prune($1) AS deleted', [RETENTION]);
    if (Number(rows[0]?.deleted ?? 0) === 0) return;
  }
}

/** Expects the families in $2. */
export const IN_FAMILIES = `(topic = ANY($2::text[]) OR ('hospital' = ANY($2::text[]) AND topic LIKE 'hospital.%'))`;

const columns = (positions: readonly Position[]) => [
  positions.map(({ topic }) => topic),
  positions.map(({ partition }) => partition),
  positions.map(({ position }) => position),
];
