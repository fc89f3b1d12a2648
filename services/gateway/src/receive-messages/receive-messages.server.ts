import type { TlsOptions } from 'node:tls';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { SECURE_TRANSPORT } from '@yinglian/dicom';
import { MllpServer } from '@yinglian/hl7';
import { TLS_IDENTITY, type TlsIdentity } from '../follow-certificates/tls-identity.js';
import type { GatewayConfig } from '../gateway.config.js';
import { GatewayMetrics } from '../gateway.metrics.js';
import { GATEWAY_CONFIG } from '../gateway.tokens.js';
import { ReceiveMessageHandler } from './receive-message.handler.js';

/** HL7 v2 over MLLP: plain on HL7_PORT, and with TLS on HL7_TLS_PORT, where senders need a certificate. */
@Injectable()
export class ReceiveMessagesServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ReceiveMessagesServer.name);
  private readonly servers: MllpServer[] = [];

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly receiveMessage: ReceiveMessageHandler,
    private readonly metrics: GatewayMetrics,
    @Inject(TLS_IDENTITY) private readonly identity: TlsIdentity | undefined,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { HL7_PORT, HL7_TLS_PORT, HOST } = this.config;
    const hl7Port = HL7_PORT === undefined ? undefined : await this.server().listen(HL7_PORT, HOST);
    const hl7TlsPort = HL7_TLS_PORT === undefined ? undefined : await this.secureServer().listen(HL7_TLS_PORT, HOST);
    if (this.servers.length > 0) this.logger.log({ hl7Port, hl7TlsPort }, 'HL7 is spoken');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.close()));
  }

  private secureServer(): MllpServer {
    const { identity } = this;
    if (identity === undefined) throw new Error('HL7 over TLS needs the key and the certificate of DICOM over TLS');
    const server = this.server({
      ...SECURE_TRANSPORT,
      ...identity.current,
      requestCert: true,
      rejectUnauthorized: true,
    });
    identity.onChange((renewed) => server.renew({ ...SECURE_TRANSPORT, ...renewed }));
    identity.start();
    return server;
  }

  private server(tls?: TlsOptions): MllpServer {
    const { config } = this;
    const server = new MllpServer((frame) => this.receiveMessage.execute(frame), {
      maximumBytes: config.HL7_MAX_MESSAGE_BYTES,
      maximumConnections: config.HL7_MAX_CONNECTIONS,
      idleTimeoutMs: config.HL7_IDLE_MS,
      frameTimeoutMs: config.HL7_FRAME_MS,
      onTrouble: (trouble) => this.metrics.messageTrouble(trouble),
      ...(tls === undefined ? {} : { tls }),
    });
    this.servers.push(server);
    return server;
  }
}
