import type { Socket } from 'node:net';
import { isAccepted } from './agreement.js';
import { type AssociateRequest, parseAssociateRequest } from './associate-request.js';
import { encodeResponse } from './command-set.js';
import { MessageReceiver } from './message-receiver.js';
import { OutgoingMessages } from './outgoing-messages.js';
import { ABORT, type AbortReason, type Rejection, UpperLayerError } from './pdu.js';
import { type ConnectionTimes, PduConnection } from './pdu-connection.js';
import { PduDecoder, type PduEvent } from './pdu-decoder.js';
import {
  APPLICATION_CONTEXT,
  encodeAccept,
  encodeMessage,
  encodeReject,
  encodeReleaseReply,
  type Implementation,
} from './pdu-encoder.js';
import { negotiate } from './presentation-contexts.js';
import type { Admission, AssociationTitles, ServiceAssociation, ServiceProvider } from './service-provider.js';

export interface AssociationOptions extends ConnectionTimes {
  /** Longest P-DATA-TF body that is read, announced to the peer. */
  readonly maximumLength: number;
  readonly implementation: Implementation;
}

/** How the peer came. */
export type Transport = Pick<AssociationTitles, 'isSecure' | 'certificateSha256'>;

interface Established {
  readonly services: ServiceAssociation;
  readonly receiver: MessageReceiver;
  readonly outgoing: OutgoingMessages;
}

/**
 * The acceptor's side of one association (PS3.8 section 9.2): states Sta2 (awaiting a request), Sta6 (established) and Sta13
 * (awaiting the end of the connection).
 */
export class Association {
  private readonly decoder: PduDecoder;
  private readonly connection: PduConnection;
  private established: Established | undefined;

  constructor(
    socket: Socket,
    private readonly transport: Transport,
    private readonly provider: ServiceProvider,
    private readonly options: AssociationOptions,
    /** The association that was admitted has ended. */
    private readonly ended: () => void,
  ) {
    this.decoder = new PduDecoder('acceptor', options.maximumLength);
    this.connection = new PduConnection(
      socket,
      this.decoder,
      {
        handle: (event) => this.handle(event),
        isServing: () => this.established?.receiver.isInquiring ?? false,
        closed: () => this.end(),
      },
      options,
    );
  }

  /** Ends the association from this side. */
  abort(reason: AbortReason): void {
    this.connection.abort(reason);
  }

  private handle(event: PduEvent): Promise<void> | undefined {
    if (event.kind === 'abort') {
      this.connection.destroy();
      return undefined;
    }
    if (event.kind === 'associate-request') return this.associate(event.body);
    if (this.established === undefined) throw new UpperLayerError(ABORT.unexpectedPdu, 'There is no association yet');
    const { receiver } = this.established;
    if (event.kind === 'data') return receiver.receive(event);
    if (!receiver.isBetweenMessages) throw new UpperLayerError(ABORT.unexpectedPdu, 'A message was not finished');
    this.connection.endWith(encodeReleaseReply());
    // The peer may ask for its next association before this connection has closed.
    this.end();
    return undefined;
  }

  private associate(body: Buffer): Promise<void> | undefined {
    if (this.established !== undefined) {
      throw new UpperLayerError(ABORT.unexpectedPdu, 'There is an association already');
    }
    const request = parseAssociateRequest(body);
    if ((request.protocolVersion & 1) === 0) return this.reject('protocolVersionUnknown');
    if (request.applicationContext !== APPLICATION_CONTEXT) return this.reject('applicationContextUnknown');
    const { callingAeTitle, calledAeTitle, userIdentity } = request;
    const admission = this.provider.admit({ callingAeTitle, calledAeTitle, userIdentity, ...this.transport });
    if (admission instanceof Promise) return admission.then((decided) => this.accept(request, decided));
    return this.accept(request, admission);
  }

  private accept(request: AssociateRequest, services: Admission): undefined {
    if (typeof services === 'string') return this.reject(services);
    const { maximumLength = this.options.maximumLength } = services;
    const agreement = negotiate(request, services);
    const contexts = agreement.contexts.filter(isAccepted);
    const outgoing = new OutgoingMessages(contexts, request.maximumLength, (bytes) => this.connection.write(bytes));
    const receiver = new MessageReceiver(contexts, services, outgoing, {
      respond: (contextId, command, answer) =>
        this.connection.write(
          encodeMessage(contextId, encodeResponse(command, answer), answer.dataSet, request.maximumLength),
        ),
      abort: () => this.abort(ABORT.notSpecified),
    });
    this.established = { services, receiver, outgoing };
    this.decoder.longestDataPdu = maximumLength;
    this.connection.established();
    this.connection.write(encodeAccept(request, agreement, maximumLength, this.options.implementation));
    services.opened?.(outgoing);
    return undefined;
  }

  private reject(rejection: Rejection): undefined {
    this.connection.endWith(encodeReject(rejection));
  }

  /** Once, whichever comes first: the release or the end of the connection. */
  private end(): void {
    const { established } = this;
    this.established = undefined;
    if (established === undefined) return;
    established.outgoing.end();
    void established.receiver.abandon().finally(() => {
      established.services.closed();
      this.ended();
    });
  }
}
