import { Injectable, Logger } from '@nestjs/common';
import { Alarms } from '../alarms/alarms.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { Ledger } from '../ledger/ledger.js';
import { NO_KEYS } from '../map-messages/hold-keys.js';
import { type Reading, readFacts } from '../map-messages/read-facts.js';
import { MessageStore, type ReceivedMessage } from '../storage/message.store.js';
import { ApplyFacts } from './apply-facts.js';

/** Applies one message: what it says, its events and that it is applied are one transaction. */
@Injectable()
export class ApplyMessageHandler {
  private readonly logger = new Logger(ApplyMessageHandler.name);

  constructor(
    private readonly ledger: Ledger,
    private readonly messages: MessageStore,
    private readonly applyFacts: ApplyFacts,
    private readonly hospitalFile: HospitalFile,
    private readonly alarms: Alarms,
  ) {}

  /** Throws when the ledger cannot be written. */
  execute({ sequence, digest, received_at: receivedAt, bytes }: ReceivedMessage): void {
    const reading = this.read(sequence, Buffer.from(bytes), receivedAt);
    const { messages } = this;
    this.ledger.transaction(() => {
      const at = new Date().toISOString();
      if (reading.kind === 'ignored') return messages.settle(sequence, 'ignored', at);
      if (messages.mustWait(sequence, reading.keys.heeds)) {
        return messages.setAside(sequence, 'waiting', undefined, reading.keys);
      }
      if (reading.kind === 'parked') return messages.setAside(sequence, 'parked', reading.problem, reading.keys);
      this.applyFacts.apply(digest, reading.facts);
      messages.settle(sequence, 'applied', at);
    });
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
