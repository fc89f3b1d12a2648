import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type MllpOptions, MllpServer, SECURE_MLLP } from '@yinglian/hl7';
import { meter } from '@yinglian/platform';
import type { PatientIndexConfig } from '../patient-index.config.js';
import { readIdentity, type TlsFiles } from './pix-identity.js';
import { ReceivePixMessageHandler } from './receive-pix-message.handler.js';

export const PIX_CONFIG = Symbol('what HL7 v2 needs of the configuration');
/** In the module; undefined when TLS is not spoken. */
export const PIX_TLS_FILES = Symbol('files of PIX_TLS_PORT');

const LOOK_EVERY_MS = 60_000;

/** HL7 v2 over MLLP: with TLS on PIX_TLS_PORT, where partners need a certificate; plain on PIX_PORT, for a closed network. */
@Injectable()
export class PixServer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(PixServer.name);
  private readonly servers: MllpServer[] = [];
  private readonly troubles = meter().createCounter('yinglian_pix_troubles', {
    description: 'Connections and frames of HL7 v2 that were given up, by reason',
  });
  private looking: NodeJS.Timeout | undefined;

  constructor(
    @Inject(PIX_CONFIG) private readonly config: PatientIndexConfig,
    @Inject(PIX_TLS_FILES) private readonly files: TlsFiles | undefined,
    private readonly receive: ReceivePixMessageHandler,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { PIX_PORT, PIX_TLS_PORT, HOST } = this.config;
    const pixPort = PIX_PORT === undefined ? undefined : await this.plainServer().listen(PIX_PORT, HOST);
    const secure = this.files === undefined ? undefined : await this.secureServer(this.files);
    const pixTlsPort = await secure?.listen(PIX_TLS_PORT ?? 0, HOST);
    this.logger.log({ pixPort, pixTlsPort }, 'HL7 v2 is spoken');
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.looking);
    await Promise.all(this.servers.map((server) => server.close()));
  }

  private plainServer(): MllpServer {
    const arrival = { isSecure: false, certificateNames: [] };
    return this.keep(new MllpServer((frame) => this.receive.execute(frame, arrival), this.options()));
  }

  private async secureServer(files: TlsFiles): Promise<MllpServer> {
    let identity = await readIdentity(files);
    const tls = { ...SECURE_MLLP, ...identity, requestCert: true, rejectUnauthorized: true };
    const server = new MllpServer(
      (frame, { certificateNames }) => this.receive.execute(frame, { isSecure: true, certificateNames }),
      { ...this.options(), tls },
    );
    const look = async () => {
      try {
        const found = await readIdentity(files);
        if (JSON.stringify(found) === JSON.stringify(identity)) return;
        server.renew({ ...SECURE_MLLP, ...found });
        identity = found;
        this.logger.log('The certificate for HL7 v2 was changed');
      } catch {
        this.logger.error('The certificate for HL7 v2 cannot be read, or its key is another one; the old one is used');
      }
    };
    this.looking = setInterval(() => void look(), LOOK_EVERY_MS).unref();
    return this.keep(server);
  }

  private options(): MllpOptions {
    return {
      maximumBytes: this.config.PIX_MAX_MESSAGE_BYTES,
      maximumConnections: this.config.PIX_MAX_CONNECTIONS,
      idleTimeoutMs: this.config.PIX_IDLE_MS,
      frameTimeoutMs: this.config.PIX_FRAME_MS,
      onTrouble: (trouble) => this.troubles.add(1, { trouble }),
    };
  }

  private keep(server: MllpServer): MllpServer {
    this.servers.push(server);
    return server;
  }
}
