import { COMMAND, type Command, parseCommand, STATUS } from './command-set.js';
import { ABORT, UpperLayerError } from './pdu.js';
import type { DataPiece } from './pdu-decoder.js';
import { isAccepted, type NegotiatedContext } from './presentation-contexts.js';
import { isStorageClass } from './storage-classes.js';
import type { DataSetSink, StorageAssociation, StoreAnswer } from './storage-provider.js';

/** Sends the response to a request; a promise asks to wait for a slow reader. */
export type Respond = (contextId: number, request: Command, answer: StoreAnswer) => Promise<void> | undefined;

interface OpenMessage {
  readonly contextId: number;
  readonly command: Command;
  /** Where the data set goes; without it the data set is dropped and the answer given. */
  readonly sink?: DataSetSink;
  readonly answer: StoreAnswer;
}

const LONGEST_COMMAND_BYTES = 64 * 1024;

/** Puts DIMSE messages together from the data of one association, and answers them (PS3.7 sections 6.3 and 9.3). */
export class MessageReceiver {
  private readonly contexts: ReadonlyMap<number, NegotiatedContext>;
  private commandPieces: Buffer[] = [];
  private commandBytes = 0;
  private commandContext: number | undefined;
  private message: OpenMessage | undefined;

  constructor(
    contexts: readonly NegotiatedContext[],
    private readonly storage: StorageAssociation,
    private readonly respond: Respond,
  ) {
    this.contexts = new Map(contexts.filter(isAccepted).map((context) => [context.id, context]));
  }

  get isBetweenMessages(): boolean {
    return this.message === undefined && this.commandContext === undefined;
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
  }

  private receiveCommand(piece: DataPiece, context: NegotiatedContext): Promise<void> | undefined {
    if (this.message !== undefined || (this.commandContext ?? context.id) !== context.id) {
      throw new UpperLayerError(ABORT.unexpectedParameter, 'A command came before the last message ended');
    }
    this.commandContext = context.id;
    this.commandPieces.push(piece.bytes);
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
    if (command.commandField === COMMAND.cancel) return undefined;
    if ((command.commandField & COMMAND.responseBit) !== 0) {
      throw new UpperLayerError(ABORT.unexpectedParameter, 'There was no request to respond to');
    }
    const taken = this.take(context, command);
    const open = 'status' in taken ? { answer: taken } : { sink: taken, answer: { status: STATUS.success } };
    if (!command.hasDataSet) return this.respond(context.id, command, open.answer);
    this.message = { contextId: context.id, command, ...open };
    return undefined;
  }

  private take(context: NegotiatedContext, command: Command): DataSetSink | StoreAnswer {
    if (command.commandField === COMMAND.echo) return { status: STATUS.success };
    if (command.commandField !== COMMAND.store) return { status: STATUS.unrecognizedOperation };
    if (!isStorageClass(context.abstractSyntax)) return { status: STATUS.sopClassNotSupported };
    if (!command.hasDataSet) return { status: STATUS.dataSetDoesNotMatch, comment: 'There is no data set' };
    return this.storage.store({
      sopClassUid: command.affectedSopClassUid,
      sopInstanceUid: command.affectedSopInstanceUid,
      transferSyntaxUid: context.transferSyntax,
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

  private async finish({ sink, answer, contextId, command }: OpenMessage): Promise<void> {
    const given = sink === undefined ? answer : await sink.end();
    this.message = undefined;
    await this.respond(contextId, command, given);
  }
}
