import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  acknowledge,
  acknowledgeProcessing,
  asksForProcessing,
  type Header,
  type Outcome,
  type Reply,
  readHeader,
  rejectUnreadable,
} from '@yinglian/hl7';
import { MessageOutcomes } from '../apply-messages/message-outcomes.js';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import { dayAt } from './day-at.js';
import { MessageIntake } from './message-intake.js';
import { outcomeOfState } from './outcome-of-state.js';

/** Whether there is room for what comes in: messages and images share a disk. */
export const SPOOL_ROOM = Symbol('room of the spool');

interface Answer {
  readonly outcome: Outcome;
  /** MSA-3, for the sender's log. */
  readonly text?: string;
}

/**
 * Answers a message when it is durable, before it is read further: AA (or CA) says that the gateway has it. AE asks to send
 * it again. AR says that it will never be taken as it is: it is too long, or has no header that can be read; the latter is
 * kept all the same, parked. A sender that asks in enhanced mode hears further what the message led to.
 */
@Injectable()
export class ReceiveMessageHandler {
  private readonly logger = new Logger(ReceiveMessageHandler.name);
  private answered = 0;

  constructor(
    private readonly intake: MessageIntake,
    @Inject(SPOOL_ROOM) private readonly spool: { readonly hasRoom: boolean },
    private readonly hospitalFile: HospitalFile,
    @Inject(GatewayMetrics) private readonly metrics: Pick<GatewayMetrics, 'messageReceived' | 'messageDuplicated'>,
    private readonly outcomes: MessageOutcomes,
  ) {}

  /** Never rejects. */
  async execute({ bytes, tooLong }: { bytes: Buffer; tooLong: boolean }): Promise<Reply> {
    const at = new Date();
    const header = readHeader(bytes);
    if (header !== undefined && isAcknowledgement(header)) return this.hearAcknowledgement();
    const digest = createHash('sha256').update(bytes).digest('hex');
    const answer = tooLong ? TOO_LONG : await this.take(bytes, digest, header, at);
    this.metrics.messageReceived(answer.outcome);
    if (header === undefined) return { answer: rejectUnreadable({ ...answer, ...this.stamp(at) }) };
    const receipt = acknowledge(header, { ...answer, ...this.stamp(at) });
    const isTold = answer.outcome === 'accepted' && asksForProcessing(header);
    return isTold ? { answer: receipt, further: this.processed(header, digest) } : { answer: receipt };
  }

  private stamp(at: Date): { at: Date; controlId: string } {
    this.answered += 1;
    return { at, controlId: `${at.getTime().toString(36)}-${this.answered}` };
  }

  /** Nothing is resolved when it is not known soon: the sender hears it when it sends the message again. */
  private async processed(header: Header, digest: string): Promise<Buffer | undefined> {
    try {
      const state = await this.outcomes.of(digest);
      return state && acknowledgeProcessing(header, { ...outcomeOfState(state), ...this.stamp(new Date()) });
    } catch (error) {
      this.logger.error({ err: error }, 'It cannot be read what became of a message');
      return undefined;
    }
  }

  /** Some senders answer what they are told; answering that would never end. */
  private hearAcknowledgement(): Reply {
    this.metrics.messageReceived('acknowledgement');
    return { answer: undefined };
  }

  private async take(bytes: Buffer, digest: string, header: Header | undefined, at: Date): Promise<Answer> {
    if (!this.spool.hasRoom) return NO_ROOM;
    try {
      const kept = await this.intake.keep({
        digest,
        bytes,
        receivedAt: at.toISOString(),
        day: dayAt(at, this.hospitalFile.current.hl7.timeZone),
        application: header?.sendingApplication.slice(0, LONGEST_NAME) ?? '',
        facility: header?.sendingFacility.slice(0, LONGEST_NAME) ?? '',
        controlId: header?.controlId.slice(0, LONGEST_NAME) ?? '',
        type: header?.type.slice(0, LONGEST_NAME) ?? '',
      });
      if (kept === 'duplicate') this.metrics.messageDuplicated();
      return header === undefined ? UNREADABLE : { outcome: 'accepted' };
    } catch (error) {
      this.logger.error({ err: error }, 'A message could not be made durable');
      return NOT_KEPT;
    }
  }
}

/** MSH-9 is ACK, with or without the event. */
const isAcknowledgement = ({ type }: Header) => /^ACK(\^|$)/.test(type);

/** MSH-10 has 20 characters (199 since 2.7); no name has more than 227. */
const LONGEST_NAME = 256;
const TOO_LONG: Answer = { outcome: 'rejected', text: 'The message is too long' };
const UNREADABLE: Answer = { outcome: 'rejected', text: 'The message does not begin with an MSH segment' };
const NO_ROOM: Answer = { outcome: 'error', text: 'The gateway has no room; send again later' };
const NOT_KEPT: Answer = { outcome: 'error', text: 'The message could not be kept; send again later' };
