import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@yinglian/persistence';
import { endOf, type SessionLimits } from '../domain/sign-in-session.js';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { deleteRecordsOfSession } from '../storage/provider-record.store.js';
import { deleteSessionsOver } from '../storage/sign-in-session.store.js';

export const SESSION_LIMITS = Symbol('limits of sessions');

/** Ends and records sessions whose time is over. They are refused from that moment on, whenever this runs. */
@Injectable()
export class SweepSessions {
  constructor(
    private readonly database: Database,
    private readonly recorder: SignInRecorder,
    @Inject(SESSION_LIMITS) private readonly limits: SessionLimits,
  ) {}

  async sweep(now: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      const ago = (ms: number) => new Date(now.getTime() - ms);
      for (const session of await deleteSessionsOver(tx, ago(this.limits.idleMs), ago(this.limits.longestMs))) {
        await deleteRecordsOfSession(tx, session.account, session.uid);
        const code = endOf(session, this.limits, now) ?? 'IDLE';
        await this.recorder.record({ action: 'session.end', by: session.account, code, address: null }, now, tx);
      }
    });
  }
}
