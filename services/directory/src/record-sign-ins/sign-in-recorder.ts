import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { type EventData, NOBODY, type SignInAction, type SignInMethod, SignInRecordedV1 } from '@yinglian/contracts';
import { Outbox } from '@yinglian/messaging';
import { Database, type Sql } from '@yinglian/persistence';
import { findStaff } from '../storage/staff.store.js';

export interface SignInRecord {
  readonly action: SignInAction;
  /** The account of whoever acted; it need not exist. */
  readonly by: string;
  /** Whose account it was done to, if that is another one. */
  readonly to?: string;
  readonly refused?: boolean;
  readonly code: string;
  readonly methods?: readonly SignInMethod[];
  /** Null where the province itself acted, by its clock. */
  readonly address: string | null;
}

/** Writes to the audit trail what happens at the sign-in: with what it is about, in one transaction, or before the answer. */
@Injectable()
export class SignInRecorder {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async record(record: SignInRecord, now: Date, tx: Sql = this.database): Promise<void> {
    await this.outbox.add(tx, SignInRecordedV1, await this.eventOf(record, now, tx));
  }

  private async eventOf(record: SignInRecord, now: Date, sql: Sql): Promise<EventData<typeof SignInRecordedV1>> {
    const staff = await findStaff(sql, record.by);
    return {
      recordId: randomUUID(),
      at: now.toISOString(),
      actor:
        staff === undefined
          ? { subject: NOBODY, displayName: '', roles: [], hospital: null }
          : {
              subject: staff.username,
              displayName: staff.displayName,
              roles: [...staff.roles],
              hospital: staff.hospital,
            },
      action: record.action,
      account: record.to === undefined || record.to === record.by ? null : record.to,
      outcome: record.refused ? 'deny' : 'permit',
      code: record.code,
      methods: [...(record.methods ?? [])],
      address: record.address,
      service: 'directory',
      traceId: trace.getActiveSpan()?.spanContext().traceId ?? '',
    };
  }
}
