import { Injectable, Logger } from '@nestjs/common';
import { acknowledge, type Header, type Reply, readHeader, rejectUnreadable } from '@yinglian/hl7';
import { Slots, stackOf } from '@yinglian/platform';
import { CrossReferencePatientHandler } from '../cross-reference-patients/cross-reference-patient.handler.js';
import { QueryDemographicsHandler } from '../query-demographics/query-demographics.handler.js';
import { TakeFeedHandler } from '../take-feeds/take-feed.handler.js';
import { type Arrival, PixFile } from './pix-file.js';
import { type PixMessage, readPixMessage } from './pix-message.js';
import { failed, type PixReply, refused } from './pix-reply.js';
import { writeReply } from './write-reply.js';

type Handle = (message: PixMessage) => Promise<PixReply>;

/** Messages that are worked on at once; the others wait, so that they never hold all connections to the database. */
const AT_ONCE = 4;

/** Answers a message of HL7 v2 when what it led to is durable. No text of an answer repeats a value of the message. */
@Injectable()
export class ReceivePixMessageHandler {
  private readonly logger = new Logger(ReceivePixMessageHandler.name);
  private readonly slots = new Slots(AT_ONCE);
  private readonly handlers: ReadonlyMap<string, Handle>;
  private answered = 0;

  constructor(
    private readonly file: PixFile,
    takeFeed: TakeFeedHandler,
    crossReferencePatient: CrossReferencePatientHandler,
    queryDemographics: QueryDemographicsHandler,
  ) {
    const feed: Handle = (message) => takeFeed.execute(message, new Date());
    this.handlers = new Map([
      ...FEEDS.map((type): [string, Handle] => [type, feed]),
      ['QBP^Q23', (message) => crossReferencePatient.execute(message, new Date())],
      ['QBP^Q22', (message) => queryDemographics.execute(message, new Date())],
      // Nothing is kept between the pages of a query, so that there is nothing to give up (HL7 2.5 section 5.4.6).
      ['QCN^J01', async () => ({ kind: 'acknowledgement', outcome: 'accepted' })],
    ]);
  }

  /** Never rejects. */
  async execute({ bytes, tooLong }: { bytes: Buffer; tooLong: boolean }, arrival: Arrival): Promise<Reply> {
    const header = readHeader(bytes);
    if (header === undefined) return { answer: rejectUnreadable({ text: UNREADABLE, ...this.stamp() }) };
    // Answering what a partner says to an answer would never end.
    if (header.type.split('^')[0] === 'ACK') return { answer: undefined };
    const partner = this.file.find(header.sendingApplication, header.sendingFacility, arrival);
    if (partner === undefined) return this.reject(header, 'The sender (MSH-3, MSH-4) is not known here');
    if (tooLong) return this.reject(header, 'The message is too long');
    const message = readPixMessage(bytes, header, partner);
    if (message === null) return this.reject(header, 'The message is not in the character set of MSH-18');
    return writeReply(message, await this.reply(message), () => this.stamp());
  }

  private async reply(message: PixMessage): Promise<PixReply> {
    const { type } = message.header;
    const handle = this.handlers.get(type);
    if (handle === undefined) return unsupported(type);
    try {
      return await this.slots.run(() => handle(message));
    } catch (error) {
      this.logger.error(stackOf(error));
      return failed('The message could not be worked on; send it again later', { code: 207 });
    }
  }

  private reject(header: Header, text: string): Reply {
    return { answer: acknowledge(header, { outcome: 'rejected', text, ...this.stamp() }) };
  }

  private readonly stamp = () => {
    this.answered += 1;
    const at = new Date();
    return { at, controlId: `${at.getTime().toString(36)}-${this.answered}` };
  };
}

/** ITI TF-2 section 3.8; A28 and A31 say of a person without a visit what A04 and A08 say with one. */
const FEEDS = ['A01', 'A04', 'A05', 'A08', 'A28', 'A31', 'A40'].map((trigger) => `ADT^${trigger}`);

const UNREADABLE = 'The message does not begin with an MSH segment';

const unsupported = (type: string): PixReply =>
  ['ADT', 'QBP', 'QCN'].includes(type.split('^')[0] ?? '')
    ? refused('Messages of this event are not taken', { code: 201, location: ['MSH', 1, 9, 1, 2] })
    : refused('Messages of this type are not taken', { code: 200, location: ['MSH', 1, 9, 1, 1] });
