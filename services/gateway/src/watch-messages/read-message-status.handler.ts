import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { Ledger } from '../ledger/ledger.js';
import { dayAt, startOfDay } from '../receive-messages/day-at.js';

/** How HIS and RIS are heard today, in the hospital's time zone. */
export interface MessageStatus {
  readonly today: {
    readonly received: number;
    readonly duplicates: number;
    readonly applied: number;
    readonly ignored: number;
  };
  /** Now, whenever they came. */
  readonly parked: number;
  readonly waiting: number;
  readonly toApply: number;
  readonly senders: readonly {
    readonly application: string;
    readonly facility: string;
    readonly lastMessageAt: string;
    readonly receivedToday: number;
    readonly duplicatesToday: number;
  }[];
}

const Count = z.object({ state: z.string(), messages: z.number() });
const SETTLED = `SELECT state, count(*) AS messages FROM messages
  WHERE state IN ('applied', 'ignored') AND settled_at >= ? GROUP BY state`;
const OPEN = `SELECT state, count(*) AS messages FROM messages
  WHERE state IN ('parked', 'waiting', 'received') GROUP BY state`;
const SENDERS = `SELECT application, facility, max(last_at) AS lastMessageAt,
  sum(CASE WHEN day = ?1 THEN received ELSE 0 END) AS receivedToday,
  sum(CASE WHEN day = ?1 THEN duplicates ELSE 0 END) AS duplicatesToday
  FROM message_days GROUP BY application, facility ORDER BY application, facility`;
const Sender = z.object({
  application: z.string(),
  facility: z.string(),
  lastMessageAt: z.string(),
  receivedToday: z.number(),
  duplicatesToday: z.number(),
});

@Injectable()
export class ReadMessageStatusHandler {
  constructor(
    private readonly ledger: Ledger,
    private readonly hospitalFile: HospitalFile,
  ) {}

  execute(now: Date): MessageStatus {
    const { timeZone } = this.hospitalFile.current.hl7;
    const day = dayAt(now, timeZone);
    const settled = counted(this.ledger.query(Count, SETTLED, startOfDay(day, timeZone)));
    const open = counted(this.ledger.query(Count, OPEN));
    const senders = this.ledger.query(Sender, SENDERS, day);
    return {
      today: {
        received: total(senders.map(({ receivedToday }) => receivedToday)),
        duplicates: total(senders.map(({ duplicatesToday }) => duplicatesToday)),
        applied: settled('applied'),
        ignored: settled('ignored'),
      },
      parked: open('parked'),
      waiting: open('waiting'),
      toApply: open('received'),
      senders,
    };
  }
}

const counted = (rows: readonly z.output<typeof Count>[]) => (state: string) =>
  rows.find((row) => row.state === state)?.messages ?? 0;

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
