import { Injectable } from '@nestjs/common';
import { MessageApplier } from '../apply-messages/message-applier.js';
import { Ledger } from '../ledger/ledger.js';
import { MessageStore } from '../storage/message.store.js';

/** A person decides that a parked message will never be applied, and says why. It stays readable as long as applied ones do. */
@Injectable()
export class DiscardMessageHandler {
  constructor(
    private readonly ledger: Ledger,
    private readonly messages: MessageStore,
    private readonly applier: MessageApplier,
  ) {}

  /** Those that waited behind it are applied. `notParked` when there is no such parked message. */
  async execute(discarding: { sequence: number; reason: string; by: string }): Promise<'discarded' | 'notParked'> {
    const { sequence, reason, by } = discarding;
    const at = new Date().toISOString();
    const isDone = this.ledger.transaction(() => this.messages.discard(sequence, { at, reason, by }));
    if (!isDone) return 'notParked';
    await this.ledger.durable();
    this.applier.wake();
    return 'discarded';
  }
}
