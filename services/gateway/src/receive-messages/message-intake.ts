import { Injectable } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.js';
import { MessageApplier } from '../apply-messages/message-applier.js';
import { Ledger } from '../ledger/ledger.js';
import { type IncomingMessage, MessageStore } from '../storage/message.store.js';

type Kept = 'kept' | 'duplicate';

interface Waiting {
  readonly message: IncomingMessage;
  readonly resolve: (kept: Kept) => void;
  readonly reject: (error: unknown) => void;
}

/** Makes messages durable: all that come in one turn are one transaction, and all that wait share one sync. */
@Injectable()
export class MessageIntake {
  private waiting: Waiting[] = [];

  constructor(
    private readonly ledger: Ledger,
    private readonly messages: MessageStore,
    private readonly applier: MessageApplier,
    private readonly alarms: Alarms,
  ) {}

  /** Resolves when the message is durable; rejects when it is not, or it is not known whether it is. */
  keep(message: IncomingMessage): Promise<Kept> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => void this.keepWaiting());
      this.waiting.push({ message, resolve, reject });
    });
  }

  private async keepWaiting(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    try {
      const kept = this.ledger.transaction(() => batch.map(({ message }) => this.messages.keep(message)));
      const durable = this.ledger.durable();
      // Applied while the disk is waited for: what is told of a message that is lost is told again, under the same ids, when its
      // sender sends it again.
      setImmediate(() => this.applier.wake());
      await durable;
      for (const [index, { resolve }] of batch.entries()) resolve(kept[index] ?? 'kept');
      this.alarms.clear('MESSAGES_NOT_KEPT');
    } catch (error) {
      this.alarms.raise('MESSAGES_NOT_KEPT');
      for (const { reject } of batch) reject(error);
    }
  }
}
