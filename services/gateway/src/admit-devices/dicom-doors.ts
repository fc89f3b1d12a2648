import type { UpperLayerServer } from '@yinglian/dicom';
import type { TlsIdentity } from '../follow-certificates/tls-identity.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { DimseService } from './dimse-service.js';

/** The ports on which DICOM is spoken: the plain one, and one with TLS when it is configured. */
export class DicomDoors {
  /** Known when they are open. */
  port = 0;
  tlsPort: number | undefined;

  constructor(
    private readonly server: UpperLayerServer,
    private readonly services: readonly DimseService[],
    private readonly config: GatewayConfig,
    private readonly identity: TlsIdentity | undefined,
  ) {}

  get associations(): number {
    return this.server.associations;
  }

  async open(): Promise<void> {
    for (const service of this.services) service.start?.();
    const { HOST, DICOM_PORT, DICOM_TLS_PORT, DICOM_TLS_PEERS } = this.config;
    if (this.identity !== undefined && DICOM_TLS_PORT !== undefined) {
      const options = { ...this.identity.current, isMutual: DICOM_TLS_PEERS === 'certified' };
      const door = await this.server.listenSecurely(DICOM_TLS_PORT, HOST, options);
      this.tlsPort = door.port;
      this.identity.onChange((context) => door.renew(context));
      this.identity.start();
    }
    this.port = await this.server.listen(DICOM_PORT, HOST);
  }

  async close(): Promise<void> {
    this.identity?.stop();
    await this.server.close();
    await Promise.all(this.services.map((service) => service.stop?.()));
  }
}
