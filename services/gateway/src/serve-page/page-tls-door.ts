import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { SECURE_TRANSPORT } from '@yinglian/dicom';
import { dropUnreadBodies } from '@yinglian/platform';
import { PAGE_TLS_IDENTITY, type TlsIdentity } from '../follow-certificates/tls-identity.js';
import type { GatewayConfig } from '../gateway.config.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';

/** Fastify's own, which the plain port has. */
const KEEP_ALIVE_MS = 72_000;
/** For how long answers may go on when the gateway is to stop. */
const ANSWER_TIMEOUT_MS = 3_000;

/** What the HTTP port answers, over TLS on a port of its own. */
@Injectable()
export class PageTlsDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PageTlsDoor.name);
  private server: Server | undefined;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(PAGE_TLS_IDENTITY) private readonly identity: TlsIdentity | undefined,
    private readonly host: HttpAdapterHost<FastifyAdapter>,
  ) {}

  /** Rejects when the port is taken. */
  async onApplicationBootstrap(): Promise<void> {
    const { identity, config } = this;
    if (identity === undefined) return;
    const fastify = this.host.httpAdapter.getInstance();
    await fastify.ready();
    const options = {
      ...SECURE_TRANSPORT,
      ...identity.current,
      handshakeTimeout: config.ARTIM_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // Images may take their time: their silence is watched where they are received.
      requestTimeout: 0,
    };
    const server = createServer(options, (request, response) => fastify.routing(request, response));
    dropUnreadBodies(server);
    this.server = server.listen(config.PAGE_TLS_PORT, config.HOST);
    await once(server, 'listening');
    identity.onChange((renewed) => server.setSecureContext({ ...SECURE_TRANSPORT, ...renewed }));
    identity.start();
    this.logger.log({ pageTlsPort: config.PAGE_TLS_PORT }, 'The page is served over TLS');
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.identity?.stop();
    const { server } = this;
    if (server === undefined) return;
    const insist = setTimeout(() => server.closeAllConnections(), ANSWER_TIMEOUT_MS);
    await new Promise<void>((closed) => server.close(() => closed()));
    clearTimeout(insist);
  }
}
