import type { NegotiatedContext } from './agreement.js';
import {
  COMMAND,
  type Command,
  type InquiryAnswer,
  PRIORITY,
  parseCommand,
  type ResponseFields,
} from './command-set.js';
import type { DataSetSink } from './data-set-sink.js';
import type { OutgoingMessages } from './outgoing-messages.js';
import { ABORT, UpperLayerError } from './pdu.js';
import type { DataPiece } from './pdu-decoder.js';
import { RunningInquiry } from './running-inquiry.js';
import type { Inquiry, ServiceAssociation, ServiceRequest } from './service-provider.js';
import { SmallDataSet } from './small-data-set.js';
import { STATUS } from './status.js';

/** What a receiver does on its connection. */
export interface Speaking {
  /** Sends a response to a request; a promise asks to wait for a slow reader. */
  respond(contextId: number, request: Command, answer: InquiryAnswer): Promise<void> | undefined;
  abort(): void;
}

/** Where the data set of a message goes; what `end` gives is answered. */
type MessageSink = Pick<DataSetSink, 'write' | 'abandon'> & { end(): Promise<ResponseFields | undefined> };

interface OpenMessage {
  readonly contextId: number;
  readonly command: Command;
  /** Where the data set goes; without it the data set is dropped and the answer given. */
  readonly sink?: MessageSink;
  /** None is given to a response. */
  readonly answer?: ResponseFields;
}

const LONGEST_COMMAND_BYTES = 64 * 1024;
const OPERATIONS: ReadonlyMap<number, ServiceRequest['operation']> = new Map([
  [COMMAND.eventReport, 'N-EVENT-REPORT'],
  [COMMAND.set, 'N-SET'],
  [COMMAND.action, 'N-ACTION'],
  [COMMAND.create, 'N-CREATE'],
]);

const INQUIRIES: ReadonlyMap<number, Inquiry['operation']> = new Map([
  [COMMAND.find, 'C-FIND'],
  [COMMAND.get, 'C-GET'],
  [COMMAND.move, 'C-MOVE'],
]);

/** Puts DIMSE messages together from the data of one association, and answers them (PS3.7 chapters 6, 9 and 10). */
export class MessageReceiver {
  private readonly contexts: ReadonlyMap<number, NegotiatedContext>;
  private commandPieces: Buffer[] = [];
  private commandBytes = 0;
  private commandContext: number | undefined;
  private message: OpenMessage | undefined;
  private inquiry: RunningInquiry | undefined;

  constructor(
    contexts: readonly NegotiatedContext[],
    private readonly services: ServiceAssociation,
    private readonly outgoing: OutgoingMessages,
    private readonly speaking: Speaking,
  ) {
    this.contexts = new Map(contexts.map((context) => [context.id, context]));
  }

  get isBetweenMessages(): boolean {
    return this.message === undefined && this.commandContext === undefined && this.inquiry === undefined;
  }

  /** The peer waits for answers, and may cancel meanwhile. */
  get isInquiring(): boolean {
    return this.inquiry !== undefined;
  }

  receive(piece: DataPiece): Promise<void> | undefined {
    const context = this.contexts.get(piece.contextId);
    if (context === undefined) {
      throw new UpperLayerError(ABORT.invalidParameter, 'The presentation context was not accepted');
    }
    return piece.isCommand ? this.receiveCommand(piece, context) : this.receiveDataSet(piece);
  }

  /** The association ended: an unfinished instance is given up. */
  async abandon(): Promise<void> {
    const { message } = this;
    this.message = undefined;
    await message?.sink?.abandon();
    await this.inquiry?.abandon();
  }

  private receiveCommand(piece: DataPiece, context: NegotiatedContext): Promise<void> | undefined {
    if (this.message !== undefined || (this.commandContext ?? context.id) !== context.id) {
      throw new UpperLayerError(ABORT.unexpectedParameter, 'A command came before the last message ended');
    }
    this.commandContext = context.id;
    this.commandPieces.push(Buffer.from(piece.bytes));
    this.commandBytes += piece.bytes.length;
    if (this.commandBytes > LONGEST_COMMAND_BYTES) {
      throw new UpperLayerError(ABORT.invalidParameter, 'A command is longer than any');
    }
    if (!piece.isLast) return undefined;
    const command = parseCommand(Buffer.concat(this.commandPieces));
    this.commandPieces = [];
    this.commandBytes = 0;
    this.commandContext = undefined;
    return this.begin(context, command);
  }

  private begin(context: NegotiatedContext, command: Command): Promise<void> | undefined {
    if (command.commandField === COMMAND.cancel) {
      this.inquiry?.cancel(command.respondedTo);
      return undefined;
    }
    if ((command.commandField & COMMAND.responseBit) !== 0) {
      const sink = this.outgoing.answered(command, context);
      if (command.hasDataSet) this.message = { contextId: context.id, command, ...(sink && { sink }) };
      return undefined;
    }
    // One at a time, since nothing else was negotiated (PS3.7 section D.3.3.3).
    if (this.inquiry !== undefined) {
      throw new UpperLayerError(ABORT.unexpectedParameter, 'A request came before the last one was answered');
    }
    const taken = this.take(context, command);
    const open = 'status' in taken ? { answer: taken } : { sink: taken };
    const message = { contextId: context.id, command, ...open };
    if (!command.hasDataSet) return this.finish(message);
    this.message = message;
    return undefined;
  }

  private take(context: NegotiatedContext, command: Command): MessageSink | ResponseFields {
    if (command.commandField === COMMAND.echo) {
      this.services.echoed?.();
      return { status: STATUS.success };
    }
    const service = this.services.serviceOf(context.abstractSyntax);
    const operation = OPERATIONS.get(command.commandField);
    if (operation !== undefined && service === 'messages') return this.takeSmall(context, command, operation);
    const inquiry = INQUIRIES.get(command.commandField);
    if (inquiry !== undefined && service === 'inquiries') return this.takeInquiry(context, command, inquiry);
    if (command.commandField !== COMMAND.store) return { status: STATUS.unrecognizedOperation };
    if (service !== 'storage') return { status: STATUS.sopClassNotSupported };
    if (!command.hasDataSet) return { status: STATUS.dataSetDoesNotMatch, comment: 'There is no data set' };
    const { sopClassUid, sopInstanceUid, priority } = command;
    return this.services.store({
      sopClassUid,
      sopInstanceUid,
      transferSyntaxUid: context.transferSyntax,
      isHighPriority: priority === PRIORITY.high,
    });
  }

  private takeSmall(
    { abstractSyntax, transferSyntax: transferSyntaxUid }: NegotiatedContext,
    { sopClassUid, sopInstanceUid, typeId }: Command,
    operation: ServiceRequest['operation'],
  ): SmallDataSet {
    const request = { operation, abstractSyntax, transferSyntaxUid, sopClassUid, sopInstanceUid, typeId };
    return new SmallDataSet(
      async (dataSet) =>
        (await this.services.perform?.({ ...request, dataSet })) ?? { status: STATUS.unrecognizedOperation },
    );
  }

  private takeInquiry(
    { id, abstractSyntax, transferSyntax: transferSyntaxUid }: NegotiatedContext,
    command: Command,
    operation: Inquiry['operation'],
  ): MessageSink | ResponseFields {
    if (!command.hasDataSet) return { status: STATUS.dataSetDoesNotMatch, comment: 'There is no identifier' };
    const { messageId, moveDestination } = command;
    return new SmallDataSet(async (identifier) => {
      const inquiry = { operation, abstractSyntax, transferSyntaxUid, messageId, moveDestination, identifier };
      const running = new RunningInquiry(messageId, {
        answer: (answer) => this.speaking.respond(id, command, answer),
        last: () => {
          this.inquiry = undefined;
        },
        failed: () => this.speaking.abort(),
      });
      this.inquiry = running;
      running.run((signal) => this.services.inquire?.({ ...inquiry, signal }));
      return undefined;
    });
  }

  private receiveDataSet(piece: DataPiece): Promise<void> | undefined {
    const { message } = this;
    if (message === undefined || message.contextId !== piece.contextId) {
      throw new UpperLayerError(ABORT.unexpectedParameter, 'A data set came without its command');
    }
    const wait = message.sink?.write(piece.bytes);
    return piece.isLast ? this.finish(message) : wait;
  }

  private finish(message: OpenMessage): Promise<void> | undefined {
    const { sink, answer } = message;
    if (sink !== undefined) return sink.end().then((given) => this.end(message, given));
    return this.end(message, answer);
  }

  private end({ contextId, command }: OpenMessage, answer: ResponseFields | undefined): Promise<void> | undefined {
    this.message = undefined;
    const isResponse = (command.commandField & COMMAND.responseBit) !== 0;
    return answer === undefined || isResponse ? undefined : this.speaking.respond(contextId, command, answer);
  }
}
