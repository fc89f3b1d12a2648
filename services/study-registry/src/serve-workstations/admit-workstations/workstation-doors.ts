import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { UpperLayerServer } from '@yinglian/dicom';
import type { StudyRegistryConfig } from '../../study-registry.config.js';
import { associationOptions } from '../association-options.js';
import { DIMSE_CONFIG } from '../dimse-config.js';
import { readTlsFiles } from '../tls-files.js';
import { AdmitWorkstationsScp } from './admit-workstations.scp.js';

/** The ports on which workstations are served: none unless they are configured. */
@Injectable()
export class WorkstationDoors implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WorkstationDoors.name);
  private readonly server: UpperLayerServer;
  /** Known when they are open. */
  port: number | undefined;
  tlsPort: number | undefined;

  constructor(
    @Inject(DIMSE_CONFIG) private readonly config: StudyRegistryConfig,
    scp: AdmitWorkstationsScp,
  ) {
    const limits = { ...associationOptions(config), maximumAssociations: config.DIMSE_MAX_ASSOCIATIONS };
    this.server = new UpperLayerServer(scp, limits);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { DIMSE_PORT, DIMSE_HOST, DIMSE_TLS_PORT, HOST } = this.config;
    if (DIMSE_TLS_PORT !== undefined) {
      const files = await readTlsFiles(this.config);
      if (files === undefined)
        throw new Error('DIMSE over TLS needs a key, a certificate and the authorities of workstations');
      this.tlsPort = (await this.server.listenSecurely(DIMSE_TLS_PORT, HOST, { ...files, isMutual: true })).port;
      this.logger.log(`Workstations are served over TLS on ${HOST}:${this.tlsPort}`);
    }
    if (DIMSE_PORT !== undefined) {
      this.port = await this.server.listen(DIMSE_PORT, DIMSE_HOST);
      this.logger.log(`Workstations are served without TLS on ${DIMSE_HOST}:${this.port}`);
    }
  }

  /** Before the pool closes. */
  async onModuleDestroy(): Promise<void> {
    await this.server.close();
  }
}
