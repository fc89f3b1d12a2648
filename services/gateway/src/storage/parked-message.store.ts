import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';
import { PARK_REASONS } from '../map-messages/park-reasons.js';

const Row = z.object({
  sequence: z.number(),
  received_at: z.string(),
  application: z.string(),
  facility: z.string(),
  control_id: z.string(),
  type: z.string(),
  is_id_reused: z.number(),
  reason: z.enum(PARK_REASONS),
  place: z.string(),
  waiting: z.number(),
});

const LIST = `SELECT sequence, received_at, application, facility, control_id, type, is_id_reused, reason, place,
  (SELECT count(DISTINCT later.sequence) FROM message_holds mine JOIN message_waits later USING (key)
   WHERE mine.sequence = m.sequence AND later.sequence > m.sequence) AS waiting
  FROM messages m WHERE state = 'parked' AND sequence > ?1 AND (?2 IS NULL OR reason = ?2) ORDER BY sequence LIMIT ?3`;

/** Parked messages, as people look at them. */
@Injectable()
export class ParkedMessageStore {
  constructor(private readonly ledger: Ledger) {}

  /** The oldest after that one. */
  list(after: number, reason: string | undefined, limit: number) {
    return this.ledger.query(Row, LIST, after, reason ?? null, limit).map((row) => ({
      sequence: row.sequence,
      receivedAt: row.received_at,
      application: row.application,
      facility: row.facility,
      controlId: row.control_id,
      type: row.type,
      isControlIdReused: row.is_id_reused === 1,
      reason: row.reason,
      place: row.place,
      waitingBehind: row.waiting,
    }));
  }

  /** How many are parked, by reason. */
  countByReason(): { reason: string; messages: number }[] {
    return this.ledger.query(
      z.object({ reason: z.string(), messages: z.number() }),
      `SELECT reason, count(*) AS messages FROM messages WHERE state = 'parked' GROUP BY reason ORDER BY reason`,
    );
  }
}
