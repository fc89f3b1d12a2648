import type { NegotiatedContext } from './agreement.js';
import { type Command, encodeCancel, encodeRequest, type RequestFields, type SubOperations } from './command-set.js';
import type { DataSetSink } from './data-set-sink.js';
import { ABORT, UpperLayerError } from './pdu.js';
import { encodeDataSetPart, encodeMessage } from './pdu-encoder.js';
import { SmallDataSet } from './small-data-set.js';
import { isPending, STATUS } from './status.js';

export interface OutgoingRequest extends RequestFields {
  /** Of the presentation context that the request goes through. */
  readonly abstractSyntax: string;
  /** Of that context, when there are several for the abstract syntax. */
  readonly transferSyntax?: string;
  /** The data set in the transfer syntax of that context: whole, or in pieces, none of which is written into again. */
  readonly dataSet?: (transferSyntaxUid: string) => Buffer | AsyncIterable<Buffer>;
}

/** What a response says. */
export interface Answer {
  readonly status: number;
  readonly comment: string;
  readonly subOperations: SubOperations;
  /** At most 1 MiB; undefined when there was none. */
  readonly dataSet: Buffer | undefined;
  readonly transferSyntaxUid: string;
}

/** Takes one pending answer of several; `enough` cancels what is to come. */
export type Reading = (answer: Answer) => 'enough' | undefined;

/** The association ended, or the peer did not answer in time. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError';
}

interface Waiting {
  readonly read: Reading;
  readonly answered: (answer: Answer) => void;
  readonly failed: (error: Error) => void;
  readonly contextId: number;
  readonly timer: NodeJS.Timeout;
}

const HIGHEST_MESSAGE_ID = 0xffff;

/** Requests that this side sends on an association, one presentation context or another, each waiting for its responses. */
export class OutgoingMessages {
  private readonly waiting = new Map<number, Waiting>();
  private lastMessageId = 0;
  private isOver = false;

  constructor(
    private readonly contexts: readonly NegotiatedContext[],
    private readonly peerMaximumLength: number,
    /** A promise asks to wait for a slow reader; it does not reject. */
    private readonly write: (bytes: Buffer) => Promise<void> | undefined,
  ) {}

  /** Whether a context of that abstract syntax was agreed on, and in that transfer syntax. */
  canSend(abstractSyntax: string, transferSyntax?: string): boolean {
    return !this.isOver && this.contextOf({ abstractSyntax, ...(transferSyntax && { transferSyntax }) }) !== undefined;
  }

  /** Resolves with the status of the response. Rejects with a NotAnsweredError. */
  async send(request: OutgoingRequest, timeoutMs: number): Promise<number> {
    return (await this.ask(request, timeoutMs)).status;
  }

  /**
   * Resolves with the last answer, pending ones are read on the way. Rejects with a NotAnsweredError.
   * @param timeoutMs how long the peer may take from one answer to the next
   */
  async ask(request: OutgoingRequest, timeoutMs: number, read: Reading = () => undefined): Promise<Answer> {
    const context = this.contextOf(request);
    if (this.isOver || context === undefined) throw new NotAnsweredError('There is no presentation context for it');
    this.lastMessageId = (this.lastMessageId % HIGHEST_MESSAGE_ID) + 1;
    const messageId = this.lastMessageId;
    const dataSet = request.dataSet?.(context.transferSyntax);
    const command = encodeRequest(messageId, request, dataSet !== undefined);
    const { promise, resolve: answered, reject: failed } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => this.fail(messageId, 'The peer did not answer in time'), timeoutMs);
    this.waiting.set(messageId, { read, answered, failed, contextId: context.id, timer });
    const whole = dataSet === undefined || Buffer.isBuffer(dataSet) ? dataSet : undefined;
    const head = this.write(encodeMessage(context.id, command, whole, this.peerMaximumLength));
    if (dataSet !== undefined && !Buffer.isBuffer(dataSet)) {
      promise.catch(() => undefined);
      await head;
      await this.writeParts(context.id, dataSet, timer);
    }
    return promise;
  }

  /**
   * A response came: where its data set goes to, if it has one and somebody waits for it. Throws an UpperLayerError when
   * nothing was asked.
   */
  answered(command: Command, { transferSyntax: transferSyntaxUid }: NegotiatedContext): DataSetSink | undefined {
    const { respondedTo, status, comment, subOperations } = command;
    if (respondedTo === 0 || respondedTo > this.lastMessageId) {
      throw new UpperLayerError(ABORT.unexpectedParameter, 'There was no request to respond to');
    }
    const settle = (dataSet: Buffer | undefined) =>
      this.settle(respondedTo, { status, comment, subOperations, dataSet, transferSyntaxUid });
    if (!command.hasDataSet) {
      settle(undefined);
      return undefined;
    }
    return new SmallDataSet(async (dataSet) => {
      settle(dataSet);
      return { status: STATUS.success };
    });
  }

  /** The association ended. */
  end(): void {
    this.isOver = true;
    for (const messageId of this.waiting.keys()) this.fail(messageId, 'The association ended before the response');
  }

  private contextOf({ abstractSyntax, transferSyntax }: Pick<OutgoingRequest, 'abstractSyntax' | 'transferSyntax'>) {
    return this.contexts.find(
      (context) =>
        context.abstractSyntax === abstractSyntax &&
        context.transferSyntax === (transferSyntax ?? context.transferSyntax),
    );
  }

  /** Something is kept back: the last piece says that it is the last, and each has an even length (PS3.8 annex E.1). */
  private async writeParts(contextId: number, pieces: AsyncIterable<Buffer>, timer: NodeJS.Timeout): Promise<void> {
    let kept: Buffer = Buffer.alloc(0);
    for await (const piece of pieces) {
      if (this.isOver) return;
      timer.refresh();
      const even = kept.length - (kept.length % 2);
      const part = kept.subarray(0, even);
      if (even > 0) await this.write(encodeDataSetPart(contextId, part, false, this.peerMaximumLength));
      kept = even === kept.length ? piece : Buffer.concat([kept.subarray(even), piece]);
    }
    await this.write(encodeDataSetPart(contextId, kept, true, this.peerMaximumLength));
  }

  private settle(messageId: number, answer: Answer): void {
    // It may come when nobody waits any more.
    const waiting = this.waiting.get(messageId);
    if (waiting === undefined) return;
    waiting.timer.refresh();
    if (isPending(answer.status)) {
      if (waiting.read(answer) === undefined) return;
      this.write(encodeMessage(waiting.contextId, encodeCancel(messageId), undefined, this.peerMaximumLength));
      return;
    }
    this.waiting.delete(messageId);
    clearTimeout(waiting.timer);
    waiting.answered(answer);
  }

  private fail(messageId: number, why: string): void {
    const waiting = this.waiting.get(messageId);
    this.waiting.delete(messageId);
    clearTimeout(waiting?.timer);
    waiting?.failed(new NotAnsweredError(why));
  }
}
