import { Injectable } from '@nestjs/common';
import { MessageApplier } from '../apply-messages/message-applier.js';
import { Ledger } from '../ledger/ledger.js';
import { MessageStore } from '../storage/message.store.js';

/** Applies parked messages again, after the mapping was mended: some, or all of a reason. Those that still cannot be applied park again. */
@Injectable()
export class ReplayMessagesHandler {
  constructor(
    private readonly ledger: Ledger,
    private readonly messages: MessageStore,
    private readonly applier: MessageApplier,
  ) {}

  /** Resolves to the number of messages that are applied again. */
  async execute(which: { sequences: readonly number[] } | { reason: string }): Promise<{ replayed: number }> {
    const replayed = this.ledger.transaction(() => this.messages.replay(which));
    await this.ledger.durable();
    this.applier.wake();
    return { replayed };
  }
}
