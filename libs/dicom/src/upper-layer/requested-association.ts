import { connect, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls';
import { parseAssociateAnswer } from './associate-answer.js';
import type { AssociationOptions } from './association.js';
import { encodeResponse } from './command-set.js';
import { MessageReceiver } from './message-receiver.js';
import {
  type Answer,
  NotAnsweredError,
  OutgoingMessages,
  type OutgoingRequest,
  type Reading,
} from './outgoing-messages.js';
import { ABORT, UpperLayerError } from './pdu.js';
import { PduConnection } from './pdu-connection.js';
import { PduDecoder, type PduEvent } from './pdu-decoder.js';
import {
  encodeAssociateRequest,
  encodeMessage,
  encodeReleaseReply,
  encodeReleaseRequest,
  type Proposal,
} from './pdu-encoder.js';
import { SECURE_TRANSPORT } from './secure-transport.js';
import type { ServiceAssociation } from './service-provider.js';
import { STATUS } from './status.js';

/** Where another application entity listens, and with what it is spoken to over TLS. */
export interface PeerAddress {
  readonly host: string;
  readonly port: number;
  readonly tls?: ConnectionOptions;
}

/** This side only asks: whatever the peer asks on such an association is refused. */
const NOTHING_OFFERED: ServiceAssociation = {
  serviceOf: () => undefined,
  store: () => ({ status: STATUS.sopClassNotSupported }),
  closed: () => undefined,
};

/** The requestor's side of one association (PS3.8 section 9.2). What it offers the peer in return is what C-GET stores through. */
export class RequestedAssociation {
  private readonly connection: PduConnection;
  private outgoing: OutgoingMessages | undefined;
  private receiver: MessageReceiver | undefined;
  private readonly end = Promise.withResolvers<void>();
  private readonly answer = Promise.withResolvers<void>();

  private constructor(
    socket: Socket,
    connected: 'connect' | 'secureConnect',
    private readonly proposal: Proposal,
    private readonly offered: ServiceAssociation,
    options: AssociationOptions,
  ) {
    socket.once('error', (error) => this.answer.reject(new NotAnsweredError(error.message)));
    const decoder = new PduDecoder('requestor', options.maximumLength);
    this.connection = new PduConnection(
      socket,
      decoder,
      { handle: (event) => this.handle(event), closed: () => this.closed() },
      options,
    );
    socket.once(connected, () =>
      this.connection.write(encodeAssociateRequest(proposal, options.maximumLength, options.implementation)),
    );
  }

  /** Rejects with a NotAnsweredError when the peer is not there, rejects the association or is silent. */
  static async open(
    { host, port, tls }: PeerAddress,
    proposal: Proposal,
    options: AssociationOptions,
    offered = NOTHING_OFFERED,
  ): Promise<RequestedAssociation> {
    const association =
      tls === undefined
        ? new RequestedAssociation(connect({ host, port }), 'connect', proposal, offered, options)
        : new RequestedAssociation(
            connectSecurely({ ...SECURE_TRANSPORT, ...tls, host, port }),
            'secureConnect',
            proposal,
            offered,
            options,
          );
    await association.answer.promise;
    return association;
  }

  /** In that transfer syntax, when it matters. */
  canSend(abstractSyntax: string, transferSyntax?: string): boolean {
    return this.outgoing?.canSend(abstractSyntax, transferSyntax) ?? false;
  }

  /** Resolves with the status of the response. Rejects with a NotAnsweredError. */
  async send(request: OutgoingRequest, timeoutMs: number): Promise<number> {
    return (await this.ask(request, timeoutMs)).status;
  }

  /** For requests with several answers, or an answer that says more than a status. See `OutgoingMessages.ask`. */
  async ask(request: OutgoingRequest, timeoutMs: number, read?: Reading): Promise<Answer> {
    if (this.outgoing === undefined) throw new NotAnsweredError('There is no association yet');
    return this.outgoing.ask(request, timeoutMs, read);
  }

  /** Ends it at once: what the peer was doing for it is given up. */
  abort(): void {
    this.connection.abort(ABORT.notSpecified);
  }

  /** Asks for the end; resolves when the connection has ended. */
  release(): Promise<void> {
    this.connection.write(encodeReleaseRequest());
    return this.end.promise;
  }

  private handle(event: PduEvent): Promise<void> | undefined {
    if (event.kind === 'associate-accept') this.accepted(event.body);
    else if (event.kind === 'data') {
      if (this.receiver === undefined) throw new UpperLayerError(ABORT.unexpectedPdu, 'There is no association yet');
      return this.receiver.receive(event);
    } else if (event.kind === 'release-request') this.connection.endWith(encodeReleaseReply());
    else {
      if (event.kind === 'associate-reject') this.answer.reject(new NotAnsweredError(rejectionText(event.body)));
      this.connection.destroy();
    }
    return undefined;
  }

  private accepted(body: Buffer): void {
    if (this.receiver !== undefined) {
      throw new UpperLayerError(ABORT.unexpectedPdu, 'There is an association already');
    }
    const proposed = new Map(this.proposal.contexts.map(({ id, abstractSyntax }) => [id, abstractSyntax]));
    const { contexts, maximumLength } = parseAssociateAnswer(body, proposed);
    this.outgoing = new OutgoingMessages(contexts, maximumLength, (bytes) => this.connection.write(bytes));
    this.receiver = new MessageReceiver(contexts, this.offered, this.outgoing, {
      respond: (contextId, command, answer) =>
        this.connection.write(encodeMessage(contextId, encodeResponse(command, answer), undefined, maximumLength)),
      abort: () => this.abort(),
    });
    this.connection.established();
    this.answer.resolve();
  }

  private closed(): void {
    this.outgoing?.end();
    void (this.receiver?.abandon() ?? Promise.resolve()).finally(() => this.offered.closed());
    this.answer.reject(new NotAnsweredError('The peer closed the connection'));
    this.end.resolve();
  }
}

const rejectionText = (body: Buffer) =>
  `The peer rejects the association: result ${body[1]}, source ${body[2]}, reason ${body[3]}`;
