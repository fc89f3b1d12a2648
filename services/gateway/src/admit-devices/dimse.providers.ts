import type { Provider } from '@nestjs/common';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, UpperLayerServer } from '@yinglian/dicom';
import type { GatewayConfig } from '../gateway.config.js';
import { StoreInstancesScp } from '../receive-instances/store-instances.scp.js';
import { AdmitDevicesScp } from './admit-devices.scp.js';
import { USUAL_PDU_BYTES } from './device.js';
import { DeviceBook } from './device-book.js';
import { DeviceSightings } from './device-sightings.js';
import { DIMSE_SERVICES, type DimseService } from './dimse-service.js';

/** What times and sizes associations have, on whichever side. */
export const associationOptions = (config: GatewayConfig) => ({
  maximumLength: USUAL_PDU_BYTES,
  artimTimeoutMs: config.ARTIM_MS,
  idleTimeoutMs: config.ASSOCIATION_IDLE_MS,
  implementation: { classUid: IMPLEMENTATION_CLASS_UID, versionName: IMPLEMENTATION_VERSION_NAME },
});

/** Everything that speaks DIMSE with the hospital's devices. */
export const dimseProviders = (config: GatewayConfig): Provider[] => [
  DeviceSightings,
  DeviceBook,
  StoreInstancesScp,
  AdmitDevicesScp,
  { provide: DIMSE_SERVICES, inject: [], useFactory: (...services: DimseService[]) => services },
  {
    provide: UpperLayerServer,
    inject: [AdmitDevicesScp],
    useFactory: (scp: AdmitDevicesScp) =>
      new UpperLayerServer(scp, { ...associationOptions(config), maximumAssociations: config.MAX_ASSOCIATIONS }),
  },
];
