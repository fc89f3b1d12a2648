import { Injectable, Logger } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { Ledger } from '../ledger/ledger.js';
import { NO_KEYS } from '../map-messages/hold-keys.js';
import { type Reading, readFacts } from '../map-messages/read-facts.js';
import { MessageStore, type ReceivedMessage } from '../storage/message.store.js';
import { ApplyFacts } from './apply-facts.js';

/** Applies messages in their order: what they say, their events and that they are applied are one transaction. */
@Injectable()
export class ApplyMessagesHandler {
  private readonly logger = new Logger(ApplyMessagesHandler.name);

  constructor(
    private readonly ledger: Ledger,
    private readonly messages: MessageStore,
    private readonly applyFacts: ApplyFacts,
    private readonly hospitalFile: HospitalFile,
    private readonly alarms: Alarms,
  ) {}

  /** Throws when the ledger cannot be written; then none of them is applied. */
  execute(messages: readonly ReceivedMessage[]): void {
    this.ledger.transaction(() => {
      for (const message of messages) this.apply(message);
    });
  }

  private apply({ sequence, digest, received_at: receivedAt, bytes }: ReceivedMessage): void {
    const { messages } = this;
    const reading = this.read(sequence, Buffer.from(bytes), receivedAt);
    const at = new Date().toISOString();
    if (reading.kind === 'ignored') {
      messages.settle(sequence, 'ignored', at);
    } else if (messages.mustWait(sequence, reading.keys.heeds)) {
      messages.setAside(sequence, 'waiting', undefined, reading.keys);
    } else if (reading.kind === 'parked') {
      messages.setAside(sequence, 'parked', reading.problem, reading.keys);
    } else {
      this.applyFacts.apply(digest, reading.facts);
      messages.settle(sequence, 'applied', at);
    }
  }

  /** The alarm says how many messages need a person. */
  reviewParked(): void {
    const messages = this.messages.countParked();
    this.alarms.set('MESSAGES_PARKED', messages > 0, { messages });
  }

  /** One message that breaks the reading of it must not stop the others. */
  private read(sequence: number, bytes: Buffer, receivedAt: string): Reading {
    try {
      return readFacts(bytes, this.hospitalFile.current.hl7, receivedAt);
    } catch (error) {
      this.logger.error({ err: error, sequence }, 'A message breaks the reading of messages');
      return { kind: 'parked', problem: { reason: 'UNEXPECTED', place: 'MSH' }, keys: NO_KEYS };
    }
  }
}
