import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { acknowledge, type Header, type Outcome, readHeader, rejectUnreadable } from '@yinglian/hl7';
import { HospitalFile } from '../follow-hospital-file/hospital-file.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import { dayAt } from './day-at.js';
import { MessageIntake } from './message-intake.js';

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
 * kept all the same, parked.
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
  ) {}

  /** Never rejects. Nothing is resolved when the sender wants no answer. */
  async execute({ bytes, tooLong }: { bytes: Buffer; tooLong: boolean }): Promise<Buffer | undefined> {
    const at = new Date();
    const header = readHeader(bytes);
    const answer = tooLong ? TOO_LONG : await this.take(bytes, header, at);
    this.metrics.messageReceived(answer.outcome);
    this.answered += 1;
    const answering = { ...answer, at, controlId: `${at.getTime().toString(36)}-${this.answered}` };
    return header === undefined ? rejectUnreadable(answering) : acknowledge(header, answering);
  }

  private async take(bytes: Buffer, header: Header | undefined, at: Date): Promise<Answer> {
    if (!this.spool.hasRoom) return NO_ROOM;
    try {
      const kept = await this.intake.keep({
        digest: createHash('sha256').update(bytes).digest('hex'),
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

/** MSH-10 has 20 characters (199 since 2.7); no name has more than 227. */
const LONGEST_NAME = 256;
const TOO_LONG: Answer = { outcome: 'rejected', text: 'The message is too long' };
const UNREADABLE: Answer = { outcome: 'rejected', text: 'The message does not begin with an MSH segment' };
const NO_ROOM: Answer = { outcome: 'error', text: 'The gateway has no room; send again later' };
const NOT_KEPT: Answer = { outcome: 'error', text: 'The message could not be kept; send again later' };
