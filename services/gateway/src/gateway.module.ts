import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule } from '@yinglian/platform';
import { dimseProviders } from './admit-devices/dimse.providers.js';
import { Alarms } from './alarms/alarms.js';
import { backfillProviders } from './backfill-studies/backfill.providers.js';
import { HospitalConfiguration } from './follow-configuration/hospital-configuration.js';
import { HospitalFile } from './follow-hospital-file/hospital-file.js';
import { ForwardInstances } from './forward-instances/forward-instances.js';
import type { GatewayConfig } from './gateway.config.js';
import { GatewayMetrics } from './gateway.metrics.js';
import { GatewayRunner } from './gateway.runner.js';
import { GATEWAY_CONFIG, GATEWAY_FOUNDATION } from './gateway.tokens.js';
import { type GatewayFoundation, openFoundation } from './gateway-foundation.js';
import { keptPackProviders } from './keep-packs/kept-pack.providers.js';
import { Ledger } from './ledger/ledger.js';
import { completenessProviders } from './prove-completeness/completeness.providers.js';
import { InstanceReception } from './receive-instances/instance-reception.js';
import { messageProviders } from './receive-messages/message.providers.js';
import { priorProviders } from './send-priors/prior.providers.js';
import { pageControllers, pageProviders } from './serve-page/page.providers.js';
import { pageTlsProviders } from './serve-page/page-tls.providers.js';
import { DocumentStore } from './storage/document.store.js';
import { StowInstancesController } from './stow-instances/stow-instances.controller.js';
import { StowInstancesHandler } from './stow-instances/stow-instances.handler.js';
import { OutgoingEvents } from './tell-events/outgoing-events.store.js';
import { DocumentUploader } from './upload-documents/document-uploader.js';
import { KeepLinkFigures } from './upload-packs/keep-link-figures.js';
import { WatchHealth } from './watch-health/watch-health.js';
import { witnessProviders } from './witness-audit-log/witness.providers.js';

@Module({})
export class GatewayModule {
  /** Rejects when what the gateway stands on cannot be opened. */
  static async with(config: GatewayConfig): Promise<DynamicModule> {
    const foundation = await openFoundation(config);
    const metrics = new GatewayMetrics();
    const forward = new ForwardInstances(config, foundation, metrics);
    return {
      module: GatewayModule,
      imports: [PlatformModule.forService('gateway', config, readiness(foundation, forward))],
      controllers: [StowInstancesController, ...pageControllers],
      providers: [
        { provide: GATEWAY_CONFIG, useValue: config },
        { provide: GatewayMetrics, useValue: metrics },
        { provide: ForwardInstances, useValue: forward },
        { provide: GATEWAY_FOUNDATION, useValue: foundation },
        { provide: Alarms, useValue: foundation.alarms },
        { provide: Ledger, useValue: foundation.ledger },
        { provide: HospitalFile, useValue: foundation.hospitalFile },
        { provide: HospitalConfiguration, useValue: foundation.configuration },
        { provide: OutgoingEvents, useValue: foundation.events },
        InstanceReception,
        StowInstancesHandler,
        ...completenessProviders(config, foundation, forward),
        ...dimseProviders(config),
        ...messageProviders,
        DocumentStore,
        DocumentUploader,
        ...pageProviders,
        ...pageTlsProviders(config),
        ...backfillProviders,
        ...priorProviders,
        ...keptPackProviders,
        ...witnessProviders(config, foundation),
        KeepLinkFigures,
        WatchHealth,
        GatewayRunner,
      ],
    };
  }
}

const readiness = ({ configuration }: GatewayFoundation, { spool }: ForwardInstances) => [
  { name: 'configuration', check: () => present(configuration.current, 'No configuration was ever had') },
  { name: 'spool', check: () => present(spool.hasRoom || undefined, 'The disk has no room') },
];

async function present(value: unknown, otherwise: string): Promise<void> {
  if (value === undefined) throw new Error(otherwise);
}
