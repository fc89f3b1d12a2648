import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UpperLayerServer } from '@yinglian/dicom';
import { HospitalConfiguration } from './follow-configuration/hospital-configuration.js';
import { ForwardInstances } from './forward-instances/forward-instances.js';
import type { GatewayConfig } from './gateway.config.js';
import { GatewayMetrics } from './gateway.metrics.js';
import { GATEWAY_CONFIG } from './gateway.tokens.js';

/** Starts and stops what runs by itself: first what was left in the spool, last the door. */
@Injectable()
export class GatewayRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Gateway');
  /** Where DIMSE is spoken; known when the gateway runs. */
  dicomPort = 0;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    private readonly forward: ForwardInstances,
    private readonly configuration: HospitalConfiguration,
    private readonly server: UpperLayerServer,
    private readonly metrics: GatewayMetrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.metrics.observe({
      associations: () => this.server.associations,
      spoolBytes: () => this.forward.spool.sizeBytes,
      pendingPacks: () => this.forward.pendingPacks,
      keptPacks: () => this.forward.refusedPacks,
    });
    const [found] = await Promise.all([this.forward.start(), this.configuration.start()]);
    if (found.damagedSegments > 0) {
      this.logger.error({ segments: found.damagedSegments }, 'Segments of the spool are damaged; they are kept');
    }
    this.dicomPort = await this.server.listen(this.config.DICOM_PORT, this.config.HOST);
    this.logger.log({ ...found, dicomPort: this.dicomPort }, 'DICOM is spoken');
  }

  async onApplicationShutdown(): Promise<void> {
    this.configuration.stop();
    await this.server.close();
    await this.forward.stop();
  }
}
