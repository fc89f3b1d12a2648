import { Injectable } from '@nestjs/common';
import type { Sql } from '@yinglian/persistence';
import { SignInRecorder } from '../record-sign-ins/sign-in-recorder.js';
import { deleteRecordsOfSession } from '../storage/provider-record.store.js';
import { deleteSessions } from '../storage/sign-in-session.store.js';

export interface Ending {
  /** Who ends them. */
  readonly by: string;
  readonly address: string | null;
  /** Why: SIGNED_OUT, ENDED_BY_OWNER, ENDED_BY_ADMINISTRATOR, PASSWORD_CHANGED, PASSWORD_RESET, FACTOR_RESET, ACCOUNT_CLOSED */
  readonly code: string;
}

export type Which = { readonly uid: string } | { readonly except: string | null };

/** Ends sessions of an account with their refresh tokens and grants. Access tokens given already live on for minutes. */
@Injectable()
export class SessionEnder {
  constructor(private readonly recorder: SignInRecorder) {}

  /** How many were ended; each is recorded. */
  async end(tx: Sql, account: string, which: Which, { by, address, code }: Ending, now: Date): Promise<number> {
    const ended = await deleteSessions(tx, account, which);
    for (const { uid } of ended) {
      await deleteRecordsOfSession(tx, account, uid);
      await this.recorder.record({ action: 'session.end', by, to: account, code, address }, now, tx);
    }
    return ended.length;
  }
}
