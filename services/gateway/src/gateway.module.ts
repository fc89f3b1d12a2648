import { join } from 'node:path';
import { type DynamicModule, Module } from '@nestjs/common';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, UpperLayerServer } from '@yinglian/dicom';
import { EventPublisher } from '@yinglian/messaging';
import { PlatformModule } from '@yinglian/platform';
import { HospitalConfiguration } from './follow-configuration/hospital-configuration.js';
import { ForwardInstances } from './forward-instances/forward-instances.js';
import type { GatewayConfig } from './gateway.config.js';
import { GatewayMetrics } from './gateway.metrics.js';
import { GatewayRunner } from './gateway.runner.js';
import { GATEWAY_CONFIG } from './gateway.tokens.js';
import { AccessToken } from './province/access-token.js';
import { ProvinceClient } from './province/province.client.js';
import { InstanceReception } from './receive-instances/instance-reception.js';
import { StoreInstancesScp } from './receive-instances/store-instances.scp.js';
import { StowInstancesController } from './stow-instances/stow-instances.controller.js';
import { StowInstancesHandler } from './stow-instances/stow-instances.handler.js';

/** What DCMTK sends at most; longer PDUs gain nothing. */
const LONGEST_PDU_BYTES = 131_072;

@Module({})
export class GatewayModule {
  static with(config: GatewayConfig): DynamicModule {
    const province = new ProvinceClient(config.PROVINCE_URL, accessToken(config));
    const source = `urn:yinglian:gateway:${config.HOSPITAL}`;
    const metrics = new GatewayMetrics();
    const forward = new ForwardInstances(config, province, EventPublisher.fromConfig({ source, config }), metrics);
    const configuration = hospitalConfiguration(config, province);
    return {
      module: GatewayModule,
      imports: [PlatformModule.forService('gateway', config, readiness(configuration, forward))],
      controllers: [StowInstancesController],
      providers: [
        { provide: GATEWAY_CONFIG, useValue: config },
        { provide: GatewayMetrics, useValue: metrics },
        { provide: ForwardInstances, useValue: forward },
        { provide: HospitalConfiguration, useValue: configuration },
        InstanceReception,
        StoreInstancesScp,
        StowInstancesHandler,
        {
          provide: UpperLayerServer,
          inject: [StoreInstancesScp],
          useFactory: (scp: StoreInstancesScp) => new UpperLayerServer(scp, upperLayerOptions(config)),
        },
        GatewayRunner,
      ],
    };
  }
}

const accessToken = (config: GatewayConfig) =>
  new AccessToken({
    tokenUrl: config.OIDC_TOKEN_URL,
    clientId: config.OIDC_CLIENT_ID,
    clientSecret: config.OIDC_CLIENT_SECRET,
    scope: 'packs:write gateway:read',
  });

const hospitalConfiguration = (config: GatewayConfig, province: ProvinceClient) =>
  new HospitalConfiguration(
    province,
    config.HOSPITAL,
    join(config.SPOOL_FOLDER, 'configuration.json'),
    config.CONFIGURATION_POLL_MS,
  );

const upperLayerOptions = (config: GatewayConfig) => ({
  maximumLength: LONGEST_PDU_BYTES,
  maximumAssociations: config.MAX_ASSOCIATIONS,
  artimTimeoutMs: config.ARTIM_MS,
  idleTimeoutMs: config.ASSOCIATION_IDLE_MS,
  implementation: { classUid: IMPLEMENTATION_CLASS_UID, versionName: IMPLEMENTATION_VERSION_NAME },
});

const readiness = (configuration: HospitalConfiguration, { spool }: ForwardInstances) => [
  { name: 'configuration', check: () => present(configuration.current, 'No configuration was ever had') },
  { name: 'spool', check: () => present(spool.hasRoom || undefined, 'The disk has no room') },
];

async function present(value: unknown, otherwise: string): Promise<void> {
  if (value === undefined) throw new Error(otherwise);
}
