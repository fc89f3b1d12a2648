import type { Provider } from '@nestjs/common';
import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME, UpperLayerServer } from '@yinglian/dicom';
import { Alarms } from '../alarms/alarms.js';
import type { GatewayConfig } from '../gateway.config.js';
import { StoreInstancesScp } from '../receive-instances/store-instances.scp.js';
import { AdmitDevicesScp } from './admit-devices.scp.js';
import { USUAL_PDU_BYTES } from './device.js';
import { DeviceBook } from './device-book.js';
import { DeviceSightings } from './device-sightings.js';
import { DicomDoors } from './dicom-doors.js';
import { DIMSE_SERVICES, type DimseService } from './dimse-service.js';
import { TlsIdentity } from './tls-identity.js';

/** With what a gateway shows itself over TLS; undefined when it has no key. */
export const TLS_IDENTITY = Symbol('TLS identity');

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
  { provide: TLS_IDENTITY, inject: [Alarms], useFactory: (alarms: Alarms) => tlsIdentity(config, alarms) },
  {
    provide: DicomDoors,
    inject: [AdmitDevicesScp, TLS_IDENTITY],
    useFactory: (scp: AdmitDevicesScp, identity: TlsIdentity | undefined) => {
      const limits = { ...associationOptions(config), maximumAssociations: config.MAX_ASSOCIATIONS };
      return new DicomDoors(new UpperLayerServer(scp, limits), config, identity);
    },
  },
];

/** Undefined when the gateway has no key for DICOM. Rejects when its files are wrong, or one is missing. */
async function tlsIdentity(config: GatewayConfig, alarms: Alarms): Promise<TlsIdentity | undefined> {
  const { DICOM_TLS_PORT, DICOM_TLS_KEY_FILE: key, DICOM_TLS_CERTIFICATE_FILE: certificate } = config;
  const { DICOM_TLS_CA_FILE: authorities } = config;
  if (key === undefined && certificate === undefined && authorities === undefined && DICOM_TLS_PORT === undefined) {
    return undefined;
  }
  if (key === undefined || certificate === undefined || authorities === undefined) {
    throw new Error('DICOM over TLS needs a key, a certificate and the authorities of devices');
  }
  return TlsIdentity.open({ key, certificate, authorities }, alarms);
}
