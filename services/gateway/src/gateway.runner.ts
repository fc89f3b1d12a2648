import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DicomDoors } from './admit-devices/dicom-doors.js';
import { ForwardInstances } from './forward-instances/forward-instances.js';
import { GatewayMetrics } from './gateway.metrics.js';
import { GATEWAY_FOUNDATION } from './gateway.tokens.js';
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

  constructor(
    @Inject(GATEWAY_FOUNDATION) private readonly foundation: GatewayFoundation,
    private readonly forward: ForwardInstances,
    private readonly doors: DicomDoors,
    private readonly metrics: GatewayMetrics,
  ) {
    this.teller = new EventTeller(foundation.events, foundation.publisher, foundation.alarms);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.metrics.observe({
      associations: () => this.doors.associations,
      spoolBytes: () => this.forward.spool.sizeBytes,
      pendingPacks: () => this.forward.pendingPacks,
      keptPacks: () => this.forward.refusedPacks,
      alarms: () => this.foundation.alarms.list().length,
    });
    const { configuration, hospitalFile } = this.foundation;
    // What is left in the spool leaves by what is known of the hospital.
    await configuration.start();
    const found = await this.forward.start();
    if (found.damagedSegments > 0) {
      this.logger.error({ segments: found.damagedSegments }, 'Segments of the spool are damaged; they are kept');
    }
    hospitalFile.start();
    this.teller.start();
    await this.doors.open();
    const { port: dicomPort, tlsPort: dicomTlsPort } = this.doors;
    this.logger.log({ ...found, dicomPort, dicomTlsPort }, 'DICOM is spoken');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.doors.close();
    await this.forward.stop();
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
