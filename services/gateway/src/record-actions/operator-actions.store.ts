import { Injectable, Logger } from '@nestjs/common';
import { Ledger } from '../ledger/ledger.js';
import type { PageUser } from '../sign-in/session-state.js';

export const OPERATOR_ACTIONS = [
  'echo',
  'pack.retry',
  'message.look',
  'message.replay',
  'message.discard',
  'day.reconcile',
  'join.decide',
  'backfill.pause',
  'backfill.go-on',
  'backfill.try-again',
] as const;
export type OperatorAction = (typeof OPERATOR_ACTIONS)[number];

const KEPT_YEARS = 3;

/** What people do on the page is kept for three years, and said in the log. */
@Injectable()
export class OperatorActions {
  private readonly logger = new Logger(OperatorActions.name);

  constructor(private readonly ledger: Ledger) {}

  /**
   * Durable when it resolves: before what it records is done.
   * @param target a device, a pack, a message by its number, a reason code, a day, a study and its exam by their numbers here; never a
   * patient
   */
  async record({ username, name }: PageUser, action: OperatorAction, target: string): Promise<void> {
    const now = new Date();
    this.ledger
      .prepare('INSERT INTO operator_actions (at, username, name, action, target) VALUES (?, ?, ?, ?, ?)')
      .run(now.toISOString(), username, name, action, target);
    now.setUTCFullYear(now.getUTCFullYear() - KEPT_YEARS);
    this.ledger.prepare('DELETE FROM operator_actions WHERE at < ?').run(now.toISOString());
    await this.ledger.durable();
    this.logger.log({ user: username, action, target }, 'Somebody acts on the page');
  }
}
