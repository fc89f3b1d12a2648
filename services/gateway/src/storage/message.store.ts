import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';
import type { HoldKeys } from '../map-messages/hold-keys.js';
import type { Problem } from '../map-messages/park-reasons.js';

/** A message as it came. */
export interface IncomingMessage {
  readonly digest: string;
  readonly bytes: Buffer;
  readonly receivedAt: string;
  /** Day in the hospital's time zone, `2026-01-02`. */
  readonly day: string;
  readonly application: string;
  readonly facility: string;
  readonly controlId: string;
  readonly type: string;
}

const Received = z.object({
  sequence: z.number(),
  digest: z.string(),
  received_at: z.string(),
  bytes: z.instanceof(Uint8Array),
});
export type ReceivedMessage = z.output<typeof Received>;

const State = z.object({
  state: z.enum(['received', 'waiting', 'parked', 'applied', 'ignored', 'discarded']),
  /** Of a parked one: why, and where; never a value of the message. */
  reason: z.string().nullable(),
  place: z.string().nullable(),
});
export type MessageState = z.output<typeof State>;

const KEEP = `INSERT INTO messages
  (digest, received_at, application, facility, control_id, type, bytes, state, is_id_reused)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'received',
    EXISTS (SELECT 1 FROM messages WHERE (application, facility, control_id) = (?3, ?4, ?5)))
  ON CONFLICT (digest) DO NOTHING`;

const COUNT = `INSERT INTO message_days (day, application, facility, received, duplicates, last_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6)
  ON CONFLICT DO UPDATE SET received = received + ?4, duplicates = duplicates + ?5, last_at = ?6`;

const RELEASE = `UPDATE messages SET state = 'received' WHERE state = 'waiting' AND sequence IN
  (SELECT sequence FROM message_waits WHERE key IN (SELECT key FROM message_holds WHERE sequence = ?))`;

const HOLD = `INSERT INTO message_holds (key, sequence) SELECT value, ?1 FROM json_each(?2) WHERE TRUE ON CONFLICT DO NOTHING`;
const WAIT = `INSERT INTO message_waits (key, sequence) SELECT value, ?1 FROM json_each(?2) WHERE TRUE ON CONFLICT DO NOTHING`;

/** The messages of the ledger. What changes it is called inside a transaction. */
@Injectable()
export class MessageStore {
  constructor(private readonly ledger: Ledger) {}

  /** Keeps a message to be applied; the same bytes again are a duplicate, and only counted. */
  keep(message: IncomingMessage): 'kept' | 'duplicate' {
    const { digest, receivedAt, application, facility, controlId, type, bytes, day } = message;
    const { changes } = this.ledger
      .prepare(KEEP)
      .run(digest, receivedAt, application, facility, controlId, type, bytes);
    const isNew = Number(changes) > 0;
    this.ledger.prepare(COUNT).run(day, application, facility, Number(isNew), Number(!isNew), receivedAt);
    return isNew ? 'kept' : 'duplicate';
  }

  /** The oldest messages that are to be applied, at most so many. */
  next(limit: number): ReceivedMessage[] {
    const sql = `SELECT sequence, digest, received_at, bytes FROM messages WHERE state = 'received' ORDER BY sequence LIMIT ?`;
    return this.ledger.query(Received, sql, limit);
  }

  /** Undefined when it is not kept, or was forgotten. */
  stateOf(digest: string): MessageState | undefined {
    return this.ledger.query(State, 'SELECT state, reason, place FROM messages WHERE digest = ?', digest)[0];
  }

  /** Whether an earlier message holds what this one heeds. */
  mustWait(sequence: number, heeds: readonly string[]): boolean {
    const sql = `SELECT EXISTS (SELECT 1 FROM message_holds WHERE sequence < ? AND key IN (SELECT value FROM json_each(?))) AS waits`;
    const [row] = this.ledger.query(z.object({ waits: z.number() }), sql, sequence, JSON.stringify(heeds));
    return row?.waits === 1;
  }

  setAside(sequence: number, state: 'parked' | 'waiting', problem: Problem | undefined, keys: HoldKeys): void {
    this.ledger
      .prepare('UPDATE messages SET state = ?, reason = ?, place = ? WHERE sequence = ?')
      .run(state, problem?.reason ?? null, problem?.place ?? null, sequence);
    this.ledger.prepare(HOLD).run(sequence, JSON.stringify(keys.holds));
    if (state === 'waiting') this.ledger.prepare(WAIT).run(sequence, JSON.stringify(keys.heeds));
  }

  /** It is done with; those that waited behind it are looked at again. */
  settle(sequence: number, state: 'applied' | 'ignored', at: string): void {
    this.ledger
      .prepare('UPDATE messages SET state = ?, settled_at = ?, reason = NULL, place = NULL WHERE sequence = ?')
      .run(state, at, sequence);
    this.release(sequence);
  }

  /** Whether it was parked. */
  discard(sequence: number, { at, reason, by }: { at: string; reason: string; by: string }): boolean {
    const { changes } = this.ledger
      .prepare(
        `UPDATE messages SET state = 'discarded', settled_at = ?, reason = ?, decided_by = ? WHERE sequence = ? AND state = 'parked'`,
      )
      .run(at, reason, by, sequence);
    if (Number(changes) > 0) this.release(sequence);
    return Number(changes) > 0;
  }

  /** Parked messages are to be applied again: these, or all of a reason. The number of them. */
  replay(which: { readonly sequences: readonly number[] } | { readonly reason: string }): number {
    const [where, parameter] =
      'reason' in which
        ? ['reason = ?', which.reason]
        : ['sequence IN (SELECT value FROM json_each(?))', JSON.stringify(which.sequences)];
    const sql = `UPDATE messages SET state = 'received' WHERE state = 'parked' AND ${where}`;
    return Number(this.ledger.prepare(sql).run(parameter).changes);
  }

  countParked(): number {
    const sql = "SELECT count(*) AS count FROM messages WHERE state = 'parked'";
    return this.ledger.query(z.object({ count: z.number() }), sql)[0]?.count ?? 0;
  }

  /** Forgets messages that were settled before that, at most so many. The number of them. */
  forget(before: string, limit: number): number {
    const sql = `DELETE FROM messages WHERE sequence IN
      (SELECT sequence FROM messages WHERE state IN ('applied', 'ignored', 'discarded') AND settled_at < ? LIMIT ?)`;
    return Number(this.ledger.prepare(sql).run(before, limit).changes);
  }

  private release(sequence: number): void {
    this.ledger.prepare(RELEASE).run(sequence);
    for (const table of ['message_holds', 'message_waits']) {
      this.ledger.prepare(`DELETE FROM ${table} WHERE sequence = ?`).run(sequence);
    }
  }
}
