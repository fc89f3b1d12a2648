import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Ledger } from '../ledger/ledger.js';

export interface BackfillWork {
  readonly instances: number;
  readonly bytes: number;
  readonly studies: number;
  readonly workingMs: number;
}

const HOUR_MS = 3_600_000;
/** The pace of a PACS is that of so many hours of work. */
const RECENT_HOURS = 24;

const Received = z.object({ instances: z.number(), bytes: z.number() });
const Pace = z.object({ studies: z.number(), working_ms: z.number() });

const ADD = `INSERT INTO backfill_hours (hour, instances, bytes, studies, working_ms) VALUES (?1, ?2, ?3, ?4, ?5)
  ON CONFLICT (hour) DO UPDATE SET instances = instances + ?2, bytes = bytes + ?3, studies = studies + ?4,
    working_ms = working_ms + ?5`;
const RECENT = `SELECT total(studies) AS studies, total(working_ms) AS working_ms
  FROM (SELECT studies, working_ms FROM backfill_hours WHERE working_ms > 0 ORDER BY hour DESC LIMIT ${RECENT_HOURS})`;

/** What the backfill did, hour by hour, in the ledger. */
@Injectable()
export class BackfillHoursStore {
  constructor(private readonly ledger: Ledger) {}

  add({ instances, bytes, studies, workingMs }: BackfillWork, nowMs: number): void {
    this.ledger.prepare(ADD).run(Math.floor(nowMs / HOUR_MS), instances, bytes, studies, Math.round(workingMs));
  }

  /** Since it began, what came twice twice. */
  received(): { readonly instances: number; readonly bytes: number } {
    const sums = 'SELECT total(instances) AS instances, total(bytes) AS bytes FROM backfill_hours';
    return this.ledger.query(Received, sums)[0] ?? { instances: 0, bytes: 0 };
  }

  /** In the last 24 hours in which it was at work, whenever they were. */
  recent(): { readonly studies: number; readonly workingMs: number } {
    const [row] = this.ledger.query(Pace, RECENT);
    return { studies: row?.studies ?? 0, workingMs: row?.working_ms ?? 0 };
  }
}
