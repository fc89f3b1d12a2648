import type { Sql } from '@yinglian/persistence';
import type { ConflictKind } from '../domain/link-decision.js';
import { type ConflictRow, conflictOf, SELECT_CONFLICTS, type StoredConflict } from './conflict.store.js';

/** `open`: a steward can decide now; `waiting`: a hospital was asked and has not answered. */
export type QueueState = 'open' | 'waiting' | 'decided';

export interface QueuePage {
  readonly state: QueueState;
  readonly kind?: ConflictKind | undefined;
  readonly hospital?: string | undefined;
  /** Where the page before ended; null at the beginning. */
  readonly after: QueueCursor | null;
  readonly limit: number;
}

/** A place in the order of the queue: of open ones the risk, of decided ones the instant in microseconds. */
export interface QueueCursor {
  readonly rank: string;
  readonly conflictId: string;
}

export type QueuedConflict = StoredConflict & { readonly cursor: QueueCursor };

/** Those to decide: the highest risk first, then the one that waited longest. Those decided: the last one first. */
export async function listConflicts(sql: Sql, page: QueuePage): Promise<QueuedConflict[]> {
  const { text, values } = conflictQueueSql(page);
  const rows = await sql.query<ConflictRow & { rank: string }>(text, values);
  return rows.map((row) => ({ ...conflictOf(row), cursor: { rank: row.rank, conflictId: row.conflict_id } }));
}

/** The statement by itself, so that its plan can be looked at. */
export function conflictQueueSql({ state, kind, hospital, after, limit }: QueuePage) {
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const inQueue = state === 'decided' ? decided(after, value) : toDecide(state, after, value);
  const conditions = [
    ...inQueue.conditions,
    ...(kind === undefined ? [] : [`c.kind = ${value(kind)}`]),
    ...(hospital === undefined ? [] : [`c.hospital = ${value(hospital)}`]),
  ];
  return {
    text: `${SELECT_CONFLICTS.replace('SELECT', `SELECT ${inQueue.rank} AS rank,`)} WHERE ${conditions.join(' AND ')}
      ORDER BY ${inQueue.order} LIMIT ${value(limit)}`,
    values,
  };
}

type Value = (given: unknown) => string;

const toDecide = (state: 'open' | 'waiting', after: QueueCursor | null, value: Value) => ({
  rank: 'c.risk::text',
  conditions: [
    'c.decision IS NULL AND NOT c.set_aside',
    `c.waiting = ${state === 'waiting'}`,
    // Whether two are the same is answered while they are one, whoever joined them.
    `(c.kind <> 'LIKELY_SAME' OR h.survivor_id IS DISTINCT FROM o.survivor_id)`,
    ...(after === null
      ? []
      : [
          `c.risk <= ${value(after.rank)}::int AND (c.risk < ${value(after.rank)}::int OR c.conflict_id > ${value(after.conflictId)}::bigint)`,
        ]),
  ],
  order: 'c.risk DESC, c.conflict_id',
});

const decided = (after: QueueCursor | null, value: Value) => ({
  rank: `(extract(epoch FROM c.decided_at) * 1000000)::bigint::text`,
  conditions: [
    'c.decision IS NOT NULL',
    ...(after === null
      ? []
      : [
          `(c.decided_at, c.conflict_id) < (timestamptz 'epoch' + ${value(after.rank)}::bigint * interval '1 microsecond', ${value(after.conflictId)}::bigint)`,
        ]),
  ],
  order: 'c.decided_at DESC, c.conflict_id DESC',
});
