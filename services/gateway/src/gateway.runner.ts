import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { UpperLayerServer } from '@yinglian/dicom';
import { ForwardInstances } from './forward-instances/forward-instances.js';
import type { GatewayConfig } from './gateway.config.js';
import { GatewayMetrics } from './gateway.metrics.js';
import { GATEWAY_CONFIG, GATEWAY_FOUNDATION } from './gateway.tokens.js';
import type { GatewayFoundation } from './gateway-foundation.js';
import { EventTeller } from './tell-events/event-teller.js';

/**
 * Starts what runs by itself, what was left in the spool first, the door last; and closes what everything stands on when all
 * that has a `beforeApplicationShutdown` has ended.
 */
@Injectable()
export class GatewayRunner implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('Gateway');
  private readonly teller: EventTeller;
  /** Where DIMSE is spoken; known when the gateway runs. */
  dicomPort = 0;

  constructor(
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
    private readonly forward: ForwardInstances,
    private readonly server: UpperLayerServer,
    private readonly metrics: GatewayMetrics,
  ) {
    this.teller = new EventTeller(foundation.events, foundation.publisher, foundation.alarms);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.metrics.observe({
      associations: () => this.server.associations,
      spoolBytes: () => this.forward.spool.sizeBytes,
      pendingPacks: () => this.forward.pendingPacks,
      keptPacks: () => this.forward.refusedPacks,
      alarms: () => this.foundation.alarms.list().length,
    });
    const { configuration, hospitalFile } = this.foundation;
    const [found] = await Promise.all([this.forward.start(), configuration.start()]);
    if (found.damagedSegments > 0) {
      this.logger.error({ segments: found.damagedSegments }, 'Segments of the spool are damaged; they are kept');
    }
    hospitalFile.start();
    this.teller.start();
    this.dicomPort = await this.server.listen(this.config.DICOM_PORT, this.config.HOST);
    this.logger.log({ ...found, dicomPort: this.dicomPort }, 'DICOM is spoken');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.server.close();
    this.forward.stop();
    await this.teller.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    const { configuration, hospitalFile, province, publisher, ledger } = this.foundation;
    configuration.stop();
    hospitalFile.stop();
    await province.close();
    await publisher.close();
    await ledger.close();
  }
}
