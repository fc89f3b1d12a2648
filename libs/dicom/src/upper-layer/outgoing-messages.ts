import { type Command, encodeRequest, type RequestFields } from './command-set.js';
import { ABORT, UpperLayerError } from './pdu.js';
import { encodeMessage } from './pdu-encoder.js';
import type { NegotiatedContext } from './presentation-contexts.js';

export interface OutgoingRequest extends RequestFields {
  /** Of the presentation context that the request goes through. */
  readonly abstractSyntax: string;
  /** The data set in the transfer syntax of that context. */
  readonly dataSet?: (transferSyntaxUid: string) => Buffer;
}

/** The association ended, or the peer did not answer in time. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError';
}

interface Waiting {
  readonly answered: (status: number) => void;
  readonly failed: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const HIGHEST_MESSAGE_ID = 0xffff;

/** Requests that this side sends on an association, one presentation context or another, each waiting for its response. */
export class OutgoingMessages {
  private readonly waiting = new Map<number, Waiting>();
  private lastMessageId = 0;
  private isOver = false;

  constructor(
    private readonly contexts: readonly NegotiatedContext[],
    private readonly peerMaximumLength: number,
    private readonly write: (bytes: Buffer) => void,
  ) {}

  /** Whether a context of that abstract syntax was agreed on. */
  canSend(abstractSyntax: string): boolean {
    return !this.isOver && this.contexts.some((context) => context.abstractSyntax === abstractSyntax);
  }

  /** Resolves with the status of the response. Rejects with a NotAnsweredError. */
  send(request: OutgoingRequest, timeoutMs: number): Promise<number> {
    const context = this.contexts.find(({ abstractSyntax }) => abstractSyntax === request.abstractSyntax);
    if (this.isOver || context === undefined) {
      return Promise.reject(new NotAnsweredError('There is no presentation context for it'));
    }
    this.lastMessageId = (this.lastMessageId % HIGHEST_MESSAGE_ID) + 1;
    const messageId = this.lastMessageId;
    const dataSet = request.dataSet?.(context.transferSyntax);
    const command = encodeRequest(messageId, request, dataSet !== undefined);
    return new Promise((answered, failed) => {
      const timer = setTimeout(() => this.fail(messageId, 'The peer did not answer in time'), timeoutMs);
      this.waiting.set(messageId, { answered, failed, timer });
      this.write(encodeMessage(context.id, command, dataSet, this.peerMaximumLength));
    });
  }

  /** A response came. Throws an UpperLayerError when nothing was asked. */
  answered({ respondedTo, status }: Command): void {
    if (respondedTo === 0 || respondedTo > this.lastMessageId) {
      throw new UpperLayerError(ABORT.unexpectedParameter, 'There was no request to respond to');
    }
    // It may come when nobody waits any more.
    const waiting = this.waiting.get(respondedTo);
    this.waiting.delete(respondedTo);
    clearTimeout(waiting?.timer);
    waiting?.answered(status);
  }

  /** The association ended. */
  end(): void {
    this.isOver = true;
    for (const messageId of this.waiting.keys()) this.fail(messageId, 'The association ended before the response');
  }

  private fail(messageId: number, why: string): void {
    const waiting = this.waiting.get(messageId);
    this.waiting.delete(messageId);
    clearTimeout(waiting?.timer);
    waiting?.failed(new NotAnsweredError(why));
  }
}
